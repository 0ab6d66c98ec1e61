namespace Responder.Tests;

/// <summary><c>responder policy</c>: what is wrong with the file, what it says of a target, and its cases.</summary>
public sealed class PolicyVerbTests : IDisposable
{
    private readonly TheProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task A_problem_has_its_place_and_the_default_has_none()
    {
        var file = _program.File("policy.yaml", "protected: [nobody]\n");

        var wrong = await _program.RunAsync("policy", "check", file);
        Assert.Equal(2, wrong.Code);
        Assert.Contains($"{file}:1:13: error POL004", wrong.Output, StringComparison.Ordinal);

        var printed = await _program.RunAsync("policy", "default");
        var right = await _program.RunAsync("policy", "check", _program.File("own.yaml", printed.Output), "--output", "json");
        Assert.Equal((0, true, 0), (right.Code, right.Json.GetProperty("ok").GetBoolean(), right.Json.GetProperty("problems").GetArrayLength()));
    }

    [Fact]
    public async Task It_says_what_holds_for_a_domain_controller_that_is_named_by_its_id_alone()
    {
        var said = await _program.RunAsync("policy", "explain", "edr.isolate_host", "--with", "host=0a5d3c1be7704f6f9d2c8b1e4f6a0001", "--output", "json");

        var answer = said.Json.GetProperty("answer");
        Assert.Equal(("require_approval", "protected.domain-controllers", "lead"), (
            answer.GetProperty("verdict").GetString(), answer.GetProperty("findings")[0].GetProperty("rule").GetString(), answer.GetProperty("roles")[0].GetString()));
        Assert.StartsWith("built-in@", answer.GetProperty("version").GetString(), StringComparison.Ordinal);

        var refused = await _program.RunAsync("policy", "explain", "edr.delete_folder", "--with", "host=4f1c0de2a94b4c7a8e3d6b7f90a1c045", "--with", @"path=C:\temp\..\Windows");
        Assert.Contains("refuse: 'C:\\temp\\..\\Windows' is not deleted", refused.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_cases_are_run_and_one_that_fails_says_why()
    {
        var policy = _program.File("policy.yaml", "rules: [{ id: night, outside: { from: '08:00', to: '18:00' }, then: refuse }]\n");
        _program.File("policy.tests.yaml", """
            - { name: by day, action: edr.isolate_host, at: 2026-01-05T12:00:00Z, expect: allow }
            - { name: at night, action: edr.isolate_host, at: 2026-01-05T23:00:00Z, expect: allow, targets: [{ kind: host, names: [ws-1] }] }
            """);

        var run = await _program.RunAsync("policy", "test", policy);

        Assert.Equal(1, run.Code);
        Assert.Contains("FAILED  at night: expected allow, policy says refuse (rules.night:", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("1 passed, 1 failed", run.Output.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_goes_by_the_policy_beside_the_settings_and_its_journal_says_by_which()
    {
        var settings = _program.File("appsettings.json", "{}");
        _program.File("policy.yaml", "version: strict\nrules: [{ id: nothing, effect: contain, then: refuse, why: we are moving house }]\n");
        var playbook = _program.File("playbooks/isolates/playbook.yaml", """
            id: isolates
            name: Isolates
            on: { manual: true }
            steps:
              - { id: host, uses: edr.find_host, with: { hostname: ENG-WS-045 } }
              - { id: isolate, uses: edr.isolate_host, with: { host: "${{ steps.host.id }}" } }
            """);

        var run = await _program.RunAsync("run", Path.GetDirectoryName(playbook)!, "--data", _program.Data, "--config", settings, "--approve", "all", "--output", "json");

        var step = run.Json.GetProperty("steps").EnumerateArray().Single(one => one.GetProperty("id").GetString() == "isolate");
        Assert.Equal("rejected", step.GetProperty("status").GetString());
        var answer = step.GetProperty("policy");
        Assert.Equal(("refuse", "rules.nothing"), (answer.GetProperty("verdict").GetString(), answer.GetProperty("findings")[0].GetProperty("rule").GetString()));
        Assert.Contains("we are moving house", answer.GetProperty("findings")[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("strict@", answer.GetProperty("version").GetString(), StringComparison.Ordinal);
    }
}
