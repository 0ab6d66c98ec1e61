namespace Responder.Tests;

/// <summary>A run is taken back: what can be, behind a lead's approval; the rest is named.</summary>
public sealed class UndoTests : IDisposable
{
    private readonly TheProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task What_can_be_undone_is_and_once()
    {
        var run = await _program.RunAsync(
            "run", "playbooks/t1074-data-staged", "--alert", "playbooks/t1074-data-staged/alerts/sysmon-data-staged.json", "--approve", "all", "--output", "json", "--data", _program.Data);
        var id = run.Json.GetProperty("run_id").GetString()!;

        var asked = await _program.RunAsync("runs", "undo", id, "--reason", "It was a backup.", "--data", _program.Data);
        Assert.Equal(3, asked.Code);
        Assert.Contains(@"stays       edr.delete_folder on C:\temp\staging on ENG-WS-045: what was destroyed can't be given back (its list: manifest-", asked.Error, StringComparison.Ordinal);
        Assert.True(asked.Error.IndexOf("stays ", StringComparison.Ordinal) < asked.Error.IndexOf("takes back ", StringComparison.Ordinal));

        var waiting = Assert.Single((await _program.RunAsync("approvals", "list", "--output", "json", "--data", _program.Data)).Json.GetProperty("items").EnumerateArray());
        Assert.Equal(0, (await _program.RunAsync("approvals", "approve", waiting.GetProperty("id").GetString()!, "--data", _program.Data)).Code);
        var undone = await _program.RunAsync("runs", "resume", waiting.GetProperty("run_id").GetString()!, "--output", "json", "--data", _program.Data);

        Assert.Equal("undone", undone.Json.GetProperty("outcome").GetString());
        var effects = undone.Json.GetProperty("mock_effects");
        foreach (var action in (string[])["edr.release_host", "identity.enable_user", "directory.enable_user", "identity.dismiss_risk", "tickets.transition"])
        {
            Assert.Equal(1, effects.GetProperty(action).GetInt32());
        }

        var reopened = undone.Json.GetProperty("steps").EnumerateArray().Single(step => step.GetProperty("action").ValueEquals("tickets.transition") && step.GetProperty("status").ValueEquals("succeeded"));
        Assert.Contains("It was a backup.", reopened.GetProperty("inputs").GetProperty("comment").GetRawText(), StringComparison.Ordinal);

        var again = await _program.RunAsync("runs", "undo", id, "--data", _program.Data);
        Assert.Equal(0, again.Code);
        Assert.DoesNotContain("takes back", again.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("false_positive", true)]
    [InlineData("contained", false)]
    public async Task A_run_at_the_terminal_that_found_nothing_bad_and_still_holds_a_host_says_how_it_is_taken_back(string outcome, bool says)
    {
        var playbook = _program.File("isolates/playbook.yaml", $$$"""
            id: isolates
            name: Isolate
            on: { manual: true }
            steps:
              - { id: host, uses: edr.find_host, with: { hostname: ENG-WS-045 } }
              - { uses: edr.isolate_host, with: { host: "${{ steps.host.id }}" } }
              - stop: { outcome: {{{outcome}}}, reason: It was the nightly backup. }
            """);

        var run = await _program.RunAsync("run", playbook, "--connectors", "mock", "--approve", "all", "--output", "json", "--data", _program.Data);

        Assert.Equal((0, outcome), (run.Code, run.Json.GetProperty("outcome").GetString()));
        Assert.Equal(says, run.Error.Contains($"edr.isolate_host on ENG-WS-045. To take it back: responder runs undo {run.Json.GetProperty("run_id").GetString()}", StringComparison.Ordinal));
    }
}
