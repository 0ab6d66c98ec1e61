using Responder.Engine.Journal;

namespace Responder.Storage.Tests;

/// <summary>A database that a newer program has brought to its schema, and this one beside it: what is only added is no obstacle, what was taken away is said.</summary>
public sealed class NewerSchemaTests(PostgresServer server)
{
    /// <summary>As a newer program would leave it: a column, a table, and the script in the list of those that were run.</summary>
    private const string Newer = """
        ALTER TABLE runs ADD COLUMN next_thing text NOT NULL DEFAULT 'none';
        CREATE TABLE next_things (name text PRIMARY KEY, run_id text REFERENCES runs);
        INSERT INTO schemaversions (scriptname, applied) VALUES ('Responder.Storage.Migrations.Postgres.9999_next.sql', now());
        """;

    [Fact]
    public async Task What_a_newer_program_added_does_not_disturb_an_older_one()
    {
        await using var bench = await PostgresBench.OpenAsync(server);
        await bench.TamperAsync(Newer);

        await bench.ReopenAsync();
        await bench.Store.Journal.AdmitAsync(new Admission(Make.Alert("a1", "sysmon|1"), [Make.Run("r1") with { AlertId = "a1" }]));
        var appended = await bench.Store.Journal.AppendAsync(Make.Batch("r1", 1, 1, events: 2));

        Assert.Equal(AppendStatus.Committed, appended.Status);
        Assert.Equal(3, (await bench.Store.Journal.ReadAsync("r1", 0, TestContext.Current.CancellationToken))!.LastSeq);
    }

    [Fact]
    public async Task One_that_takes_something_away_refuses_older_ones_and_says_which_numbers()
    {
        await using var bench = await PostgresBench.OpenAsync(server);
        await bench.TamperAsync(Newer + "INSERT INTO settings (name, value) VALUES ('schema.oldest', '9998');");

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(bench.OpenAnotherAsync);

        Assert.Contains("newer Responder that needs schema 9998", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Start the newer one", refused.Message, StringComparison.Ordinal);
    }
}
