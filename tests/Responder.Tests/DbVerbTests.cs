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
        Assert.Equal("postgres", made.Json.GetProperty("kind").GetString());
        Assert.Contains(made.Json.GetProperty("tables").EnumerateArray(), table => table.GetProperty("name").ValueEquals("run_events"));
    }
}
