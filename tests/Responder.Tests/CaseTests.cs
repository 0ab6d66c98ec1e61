using System.Text.Json;

namespace Responder.Tests;

/// <summary>The case, by the program itself.</summary>
public sealed class CaseTests : IDisposable
{
    private const string Playbook = "playbooks/t1074-data-staged";
    private const string Alert = "playbooks/t1074-data-staged/alerts/sysmon-data-staged.json";
    private readonly TheProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Approved_it_contains()
    {
        var ended = await Run(Alert, "all");

        Assert.Equal(0, ended.Code);
        Assert.Equal("contained", Text(ended.Json, "outcome"));
        AssertOnce(ended.Json);
        Assert.Contains("## 8. Conclusion", ended.Json.GetProperty("report").GetProperty("markdown").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Paths_are_from_where_the_readmes_command_is_given()
    {
        var ended = await _program.RunBySourceAsync("plan", Playbook, "--alert", Alert);

        Assert.Equal((0, string.Empty), (ended.Code, ended.Error));
    }

    [Fact]
    public async Task A_run_is_drawn_as_it_went()
    {
        var ended = await Run(Alert, "none");

        var drawn = await _program.RunAsync("graph", Playbook, "--run", Text(ended.Json, "run_id"), "--data", _program.Data);

        Assert.Equal((0, string.Empty), (drawn.Code, drawn.Error));
        var steps = System.Xml.Linq.XDocument.Parse(drawn.Output).Descendants().Where(one => one.Attribute("data-place") is not null)
            .ToLookup(one => ((string?)one.Attribute("class"))!.Split(' ').FirstOrDefault(word => word.StartsWith("s-", StringComparison.Ordinal)));
        Assert.Single(steps["s-rejected"]);
        Assert.NotEmpty(steps["s-succeeded"]);
        Assert.NotEmpty(steps[null]);
    }

    [Fact]
    public async Task A_run_of_another_playbook_is_not_drawn_as_this_one()
    {
        var ended = await Run($"{Playbook}/alerts/hostile-folder-root.json", "all");

        var drawn = await _program.RunAsync("graph", "playbooks/ransomware-host", "--run", Text(ended.Json, "run_id"), "--data", _program.Data);

        Assert.Equal(2, drawn.Code);
        Assert.Contains("'t1074-data-staged'", drawn.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rejected_it_contains_nothing()
    {
        var ended = await Run(Alert, "none");

        Assert.Equal(3, ended.Code);
        Assert.Equal("rejected", Text(ended.Json, "status"));
        foreach (var action in (string[])["edr.isolate_host", "edr.delete_folder", "identity.disable_user", "directory.disable_user"])
        {
            Assert.Equal(0, Effect(ended.Json, action));
        }
    }

    [Theory]
    [InlineData("hostile-folder-root")]
    [InlineData("hostile-folder-dots")]
    [InlineData("hostile-folder-share")]
    [InlineData("hostile-folder-profile")]
    [InlineData("hostile-folder-windows")]
    public async Task A_folder_that_must_not_go_stays(string alert)
    {
        var ended = await Run($"{Playbook}/alerts/{alert}.json", "all");

        Assert.Equal("refused", Text(ended.Json, "outcome"));
        Assert.Contains("is not a folder that data is staged in", Text(ended.Json, "reason"), StringComparison.Ordinal);
        Assert.Equal(0, Effect(ended.Json, "edr.delete_folder"));
        Assert.Equal(0, Effect(ended.Json, "edr.isolate_host"));
    }

    /// <summary>SIGKILL at many places: the same end, and every effect once.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(10)]
    [InlineData(14)]
    [InlineData(17)]
    [InlineData(24)]
    [InlineData(33)]
    [InlineData(41)]
    [InlineData(48)]
    [InlineData(55)]
    [InlineData(62)]
    public async Task Killed_and_resumed_it_ends_the_same(int lines)
    {
        Assert.True(await _program.KillAfterAsync(lines, Arguments(Alert, "all")));
        var list = await _program.RunAsync("runs", "list", "--output", "json", "--data", _program.Data);
        var run = Assert.Single(list.Json.GetProperty("items").EnumerateArray());

        var ended = await _program.RunAsync("runs", "resume", Text(run, "run_id"), "--output", "json", "--data", _program.Data);

        Assert.Equal(0, ended.Code);
        Assert.Equal("contained", Text(ended.Json, "outcome"));
        AssertOnce(ended.Json);
    }

    [Fact]
    public async Task Bad_input_ends_with_2_and_says_where()
    {
        var broken = _program.File("broken.json", "{ \"title\": ");
        foreach (var (arguments, says) in new (string[], string)[]
        {
            (Arguments(broken, "all"), "broken.json"),
            (["run", "playbooks/none-such", "--data", _program.Data], "none-such"),
            (Arguments("playbooks/no-file.json", "all"), "no-file.json"),
            (["run", Playbook, "--approve", "perhaps"], "perhaps"),
        })
        {
            var ended = await _program.RunAsync(arguments);
            Assert.Equal(2, ended.Code);
            Assert.Contains(says, ended.Error + ended.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_plan_shows_steps_and_gates_and_has_no_effect()
    {
        var ended = await _program.RunAsync("plan", Playbook, "--alert", Alert, "--output", "json");

        Assert.Equal(0, ended.Code);
        var steps = ended.Json.GetProperty("steps").EnumerateArray().ToList();
        var isolate = steps.Single(step => step.GetProperty("action").ValueEquals("edr.isolate_host"));
        Assert.Equal(JsonValueKind.Object, isolate.GetProperty("gate").ValueKind);
        Assert.Contains("‹steps.ticket.key›", isolate.GetProperty("inputs").GetRawText().Replace("\\u2039", "‹", StringComparison.Ordinal).Replace("\\u203A", "›", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.All(steps, step => Assert.True(step.GetProperty("outputs").ValueKind is JsonValueKind.Null || step.GetProperty("effect").ValueEquals("read")));
    }

    private Task<Ended> Run(string alert, string approve) => _program.RunAsync(Arguments(alert, approve));

    private string[] Arguments(string alert, string approve) =>
        ["run", Playbook, "--alert", alert, "--connectors", "mock", "--approve", approve, "--output", "json", "--data", _program.Data];

    private static void AssertOnce(JsonElement run)
    {
        foreach (var action in (string[])["edr.isolate_host", "edr.delete_folder", "edr.kill_process", "identity.disable_user", "directory.disable_user", "tickets.close"])
        {
            Assert.Equal(1, Effect(run, action));
        }

        // The incident, and the tasks for the vault and for re-imaging.
        Assert.Equal(3, Effect(run, "tickets.create"));
    }

    private static int Effect(JsonElement run, string action) =>
        run.GetProperty("mock_effects").TryGetProperty(action, out var count) ? count.GetInt32() : 0;

    private static string Text(JsonElement run, string name) => run.GetProperty(name).GetString()!;
}
