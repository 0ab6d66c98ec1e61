using Npgsql;
using Responder.Engine.Journal;

namespace Responder.Storage.Tests;

/// <summary>The writer's statements are prepared while the tables are empty, and their plans are kept: they must not read whole tables later, when these are full.</summary>
public sealed class WriterPlanTests(PostgresServer server)
{
    [Fact]
    public async Task What_the_writer_does_reads_no_table_as_a_whole_however_full_it_has_become()
    {
        const int Rounds = 20;
        const int Together = 20;
        await using var bench = await PostgresBench.OpenAsync(server);
        for (var round = 0; round < Rounds; round++)
        {
            var names = Enumerable.Range(0, Together).Select(number => $"r{round}-{number}").ToList();
            await Task.WhenAll(names.Select(name => bench.Store.Journal.AdmitAsync(new Admission(Make.Alert($"a-{name}", $"sysmon|{name}"), [Make.Run(name) with { AlertId = $"a-{name}" }]))));
            var intents = await Task.WhenAll(names.Select(name => bench.Store.Journal.AppendAsync(Make.Batch(name, 1, 1, guard: Make.Guard("steps[0]", name)))));
            var ends = await Task.WhenAll(names.Select(name => bench.Store.Journal.AppendAsync(Make.Batch(name, 2, 1, row: Make.Ended))));
            Assert.All([.. intents, .. ends], result => Assert.Equal(AppendStatus.Committed, result.Status));
        }

        // A backend tells what it has read at its end.
        await bench.Store.DisposeAsync();
        await using var source = NpgsqlDataSource.Create(bench.ConnectionString);
        await using var query = source.CreateCommand("SELECT relname || ' ' || seq_tup_read FROM pg_stat_user_tables WHERE relname <> 'schemaversions' AND seq_tup_read > $1");
        query.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Rounds * Together * 3 });
        var read = new List<string>();
        await using var reader = await query.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            read.Add(reader.GetString(0));
        }

        Assert.Empty(read);
    }
}
