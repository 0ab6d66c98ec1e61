using System.Text.Json;
using Responder.Tests.Servers;

namespace Responder.Tests;

/// <summary><c>serve</c> and <c>run</c> on one data folder: the folder's holder drives the run, the other goes by its API.</summary>
public sealed class OneFolderTests : IDisposable
{
    private const string Playbook = "playbooks/t1074-data-staged";
    private const string Alert = "playbooks/t1074-data-staged/alerts/sysmon-data-staged.json";
    private readonly TheProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task The_server_drives_it_and_the_terminal_shows_it()
    {
        await using var server = await ServeAsync();

        var ended = await Run(server, Playbook, "all");

        Assert.True(ended.Code == 0, ended.Error);
        Assert.Equal("contained", ended.Json.GetProperty("outcome").GetString());
        Assert.All(
            (string[])["edr.isolate_host", "edr.delete_folder", "identity.disable_user", "directory.disable_user", "tickets.close"],
            action => Assert.Equal(1, ended.Json.GetProperty("mock_effects").GetProperty(action).GetInt32()));
        Assert.Contains("edr.isolate_host", ended.Error, StringComparison.Ordinal);
        Assert.All(await Approvers(server, ended.Json), by => Assert.Contains("approve", by, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rejected_beforehand_it_contains_nothing()
    {
        await using var server = await ServeAsync();

        var ended = await Run(server, Playbook, "none");

        Assert.Equal(3, ended.Code);
        Assert.False(ended.Json.GetProperty("mock_effects").TryGetProperty("edr.isolate_host", out _));
    }

    [Fact]
    public async Task Another_version_than_the_servers_is_not_started()
    {
        await using var server = await ServeAsync();
        var edited = File.ReadAllText(Repository.Path(Playbook, "playbook.yaml")).Replace("timeout: 24h", "timeout: 23h", StringComparison.Ordinal);
        var file = _program.File("t1074-data-staged/playbook.yaml", edited);
        _program.File("secure-account/playbook.yaml", File.ReadAllText(Repository.Path("playbooks", "secure-account", "playbook.yaml")));

        var ended = await Run(server, file, "all");

        Assert.Equal(2, ended.Code);
        Assert.Contains("another version of 't1074-data-staged'", ended.Error, StringComparison.Ordinal);
        Assert.Empty((await _program.RunAsync("runs", "list", "--data", server.Data, "--output", "json")).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Other_connectors_than_the_servers_are_not_pretended()
    {
        await using var server = await ServeAsync("--connectors", "mock");

        var ended = await _program.RunAsync("run", Playbook, "--alert", Alert, "--connectors", "configured", "--data", server.Data);

        Assert.Equal(2, ended.Code);
        Assert.Contains("the server's connectors are mock", ended.Error, StringComparison.Ordinal);
    }

    private static async Task<ServingProgram> ServeAsync(params string[] more)
    {
        var server = new ServingProgram(new Dictionary<string, string>(), more) { Playbooks = Repository.Path("playbooks") };
        await server.StartAsync();
        return server;
    }

    private Task<Ended> Run(ServingProgram server, string playbook, string approve) =>
        _program.RunAsync("run", playbook, "--alert", Alert, "--approve", approve, "--output", "json", "--data", server.Data);

    private async Task<IReadOnlyList<string>> Approvers(ServingProgram server, JsonElement run)
    {
        var shown = await _program.RunAsync("runs", "show", run.GetProperty("run_id").GetString()!, "--data", server.Data, "--output", "json");
        return [.. shown.Json.GetProperty("approvals").EnumerateArray().Select(one => one.GetProperty("by").GetString()!)];
    }
}
