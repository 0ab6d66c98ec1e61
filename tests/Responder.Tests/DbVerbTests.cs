using Responder.Storage.Tests;
using Responder.Tests.Servers;

namespace Responder.Tests;

/// <summary><c>responder db</c>, as somebody would use it.</summary>
public sealed class DbVerbTests(PostgresServer postgres) : IClassFixture<PostgresServer>, IDisposable
{
    private readonly TheProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task An_embedded_store_is_made_measured_and_written_anew()
    {
        var made = await _program.RunAsync("db", "migrate", "--data", _program.Data);
        var size = await _program.RunAsync("db", "size", "--data", _program.Data, "--output", "json");
        var vacuum = await _program.RunAsync("db", "vacuum", "--data", _program.Data, "--output", "json");

        Assert.Equal((0, 0, 0), (made.Code, size.Code, vacuum.Code));
        Assert.Contains($"number {size.Json.GetProperty("schema").GetInt64()}", made.Output, StringComparison.Ordinal);
        Assert.Equal("sqlite", size.Json.GetProperty("kind").GetString());
        Assert.Contains(size.Json.GetProperty("tables").EnumerateArray(), table => table.GetProperty("name").ValueEquals("runs") && table.GetProperty("rows").GetInt64() == 0);
        Assert.True(vacuum.Json.GetProperty("before").GetInt64() > 0 && vacuum.Json.GetProperty("after").GetInt64() > 0);
    }

    [Fact]
    public async Task Runs_that_ended_are_archived_and_a_check_of_the_audit_proves_them_as_before()
    {
        var run = await _program.RunAsync("run", "playbooks/t1074-data-staged", "--alert", "playbooks/t1074-data-staged/alerts/sysmon-data-staged.json", "--approve", "none", "--output", "json", "--data", _program.Data);
        var id = run.Json.GetProperty("run_id").GetString()!;
        await _program.RunAsync("runs", "cancel", id, "--data", _program.Data, "--reason", "a drill");
        var steps = (await _program.RunAsync("runs", "show", id, "--output", "json", "--data", _program.Data)).Json.GetProperty("steps").GetRawText();

        Assert.Contains("tickets.create", steps, StringComparison.Ordinal);

        var none = await _program.RunAsync("db", "archive", "--data", _program.Data, "--output", "json");
        var dry = await _program.RunAsync("db", "archive", "--older-than", "0s", "--dry-run", "--data", _program.Data, "--output", "json");
        var done = await _program.RunAsync("db", "archive", "--older-than", "0s", "--data", _program.Data, "--output", "json");
        var told = await _program.RunAsync("db", "archive", "--older-than", "0s", "--data", _program.Data);
        var size = await _program.RunAsync("db", "size", "--data", _program.Data, "--output", "json");

        Assert.Equal((0, 0), (none.Code, none.Json.GetProperty("runs").GetInt32()));
        Assert.True(dry.Json.GetProperty("dry_run").GetBoolean());
        Assert.Equal((1, 1), (dry.Json.GetProperty("runs").GetInt32(), done.Json.GetProperty("runs").GetInt32()));
        Assert.Equal(dry.Json.GetProperty("after").GetInt64(), done.Json.GetProperty("after").GetInt64());
        Assert.True(done.Json.GetProperty("after").GetInt64() < done.Json.GetProperty("before").GetInt64() / 2);
        Assert.Contains("0 runs were archived", told.Output, StringComparison.Ordinal);
        Assert.Equal((1, done.Json.GetProperty("after").GetInt64()), (size.Json.GetProperty("archive").GetProperty("runs").GetInt32(), size.Json.GetProperty("archive").GetProperty("bytes").GetInt64()));

        Assert.Equal(steps, (await _program.RunAsync("runs", "show", id, "--output", "json", "--data", _program.Data)).Json.GetProperty("steps").GetRawText());
        var check = await _program.RunAsync("audit", "verify", "--data", _program.Data, "--output", "json");
        Assert.Equal((0, done.Json.GetProperty("events").GetInt64()), (check.Code, check.Json.GetProperty("events").GetInt64()));
        var evidence = await _program.RunAsync("evidence", "export", id, "-o", Path.Combine(_program.Data, "pack.zip"), "--data", _program.Data);
        Assert.True(evidence.Code == 0, evidence.Error);
    }

    [Theory]
    [InlineData("soon", "--older-than is 'soon'")]
    [InlineData(null, "Retention:ArchiveAfter says that nothing is archived")]
    public async Task What_can_not_be_meant_is_told_with_the_remedy(string? older, string says)
    {
        var config = _program.File("own.json", """{ "Retention": { "ArchiveAfter": "" } }""");

        var ended = await _program.RunAsync(["db", "archive", "--data", _program.Data, "--config", config, .. older is null ? Array.Empty<string>() : ["--older-than", older]]);

        Assert.Equal(2, ended.Code);
        Assert.Contains(says, ended.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "Retention": { "ArchiveAfter": "a month" } }""", "Retention:ArchiveAfter")]
    [InlineData("""{ "Retention": { "Archive": "30d" } }""", "Retention:Archive")]
    public async Task A_setting_that_means_nothing_is_refused(string settings, string names)
    {
        var ended = await _program.RunAsync("db", "archive", "--data", _program.Data, "--config", _program.File("own.json", settings));

        Assert.Equal(2, ended.Code);
        Assert.Contains(names, ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_a_server_has_is_left_alone_and_the_server_named()
    {
        await using var server = new ServingProgram(new Dictionary<string, string>());
        await server.StartAsync();

        var ended = await _program.RunAsync("db", "vacuum", "--data", server.Data);

        Assert.Equal(2, ended.Code);
        Assert.Contains(server.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_is_looked_after_while_whoever_may_is_at_work()
    {
        _program.Variables["RESPONDER_Store__Postgres"] = await postgres.DatabaseAsync();

        var made = await _program.RunAsync("db", "migrate", "--store", "postgres", "--output", "json");
        var vacuum = await _program.RunAsync("db", "vacuum", "--store", "postgres");

        Assert.True(made.Code == 0 && vacuum.Code == 0, made.Error + vacuum.Error);
        Assert.Equal(0, (await _program.RunAsync("db", "archive", "--store", "postgres")).Code);
        Assert.Equal("postgres", made.Json.GetProperty("kind").GetString());
        Assert.Contains(made.Json.GetProperty("tables").EnumerateArray(), table => table.GetProperty("name").ValueEquals("run_events"));
    }
}
