namespace Responder.Tests;

/// <summary><c>responder validate</c> in the forms that machines read.</summary>
public sealed class ValidateVerbTests : IDisposable
{
    private readonly TheProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task A_code_host_gets_rule_file_line_and_column()
    {
        var file = _program.File("broken/playbook.yaml", "id: broken\nname: Broken\nsteps:\n  - id: isolate\n    uses: edr.isolate\n");

        var ended = await _program.RunAsync("validate", file, "--output", "sarif");

        Assert.Equal((2, string.Empty), (ended.Code, ended.Error));
        Assert.Equal("2.1.0", ended.Json.GetProperty("version").GetString());
        var run = ended.Json.GetProperty("runs")[0];
        var result = Assert.Single(run.GetProperty("results").EnumerateArray(), one => one.GetProperty("level").GetString() == "error");
        Assert.Contains("did you mean", result.GetProperty("message").GetProperty("text").GetString(), StringComparison.Ordinal);
        var place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal(new Uri(file).AbsoluteUri, place.GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal((5, 11), (place.GetProperty("region").GetProperty("startLine").GetInt32(), place.GetProperty("region").GetProperty("startColumn").GetInt32()));
        Assert.Contains(run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray(), rule => rule.GetProperty("id").GetString() == result.GetProperty("ruleId").GetString());
    }

    [Fact]
    public async Task The_projects_own_playbooks_are_named_from_where_it_ran()
    {
        var ended = await _program.RunAsync("validate", "playbooks", "--output", "sarif");

        Assert.Equal(0, ended.Code);
        Assert.All(
            ended.Json.GetProperty("runs")[0].GetProperty("results").EnumerateArray(),
            one => Assert.StartsWith("playbooks/", one.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString(), StringComparison.Ordinal));
    }
}
