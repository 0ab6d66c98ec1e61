using System.Text.Json;

namespace Responder.Tests;

/// <summary>The settings file and what lies over it: connections open from it, and what is wrong is told with file, setting and remedy.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly TheProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Without_a_connection_the_mocks_serve()
    {
        var ended = await _program.RunAsync("connectors", "list", "--output", "json");

        Assert.Equal(0, ended.Code);
        Assert.All(ended.Json.EnumerateArray(), one => Assert.Equal("mock", one.GetProperty("connector").GetString()));
    }

    [Fact]
    public async Task A_check_says_who_is_signed_in_what_is_allowed_and_why_not()
    {
        var file = _program.File("own.json", """{ "Connections": { "company": { "Connector": "mock" }, "soar_api": { "Connector": "http", "BaseAddress": "http://127.0.0.1:9/" } } }""");

        var good = await _program.RunAsync("connectors", "check", "company", "--config", file, "--output", "json");
        var all = await _program.RunAsync("connectors", "check", "--config", file);
        var unknown = await _program.RunAsync("connectors", "check", "compny", "--config", file);

        Assert.Equal(0, good.Code);
        var one = Assert.Single(good.Json.EnumerateArray());
        Assert.True(one.GetProperty("ok").GetBoolean());
        Assert.Equal(JsonValueKind.Null, one.GetProperty("allowed").GetProperty("edr.isolate_host").ValueKind);
        Assert.Equal(1, all.Code);
        Assert.Contains("LOOK  soar_api", all.Output, StringComparison.Ordinal);
        Assert.Equal(2, unknown.Code);
        Assert.Contains("There is no connection 'compny'; there are company, soar_api.", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_in_the_file_is_used_without_being_asked_for()
    {
        var file = _program.File("own.json", """{ /* a comment */ "Connections": { "company": { "Connector": "mock" } } }""");

        var ended = await _program.RunAsync("connectors", "list", "--config", file, "--output", "json");

        Assert.Equal("company", Assert.Single(ended.Json.EnumerateArray()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_run_of_configured_connections_goes_on_with_them_alone()
    {
        var file = _program.File("own.json", """{ "Connections": { "company": { "Connector": "mock" }, "reputation": { "Connector": "mock" } } , "Capabilities": { "edr": "company", "identity": "company", "directory": "company", "tickets": "company", "siem": "company", "chat": "company", "mail": "company" } }""");
        var began = await _program.RunAsync(
            "run", "playbooks/t1074-data-staged", "--alert", "playbooks/t1074-data-staged/alerts/sysmon-data-staged.json", "--config", file, "--data", _program.Data, "--output", "json");
        Assert.Equal(3, began.Code);
        var approval = Assert.Single((await _program.RunAsync("approvals", "list", "--output", "json", "--data", _program.Data)).Json.GetProperty("items").EnumerateArray()).GetProperty("id").GetString()!;

        var onMocks = await _program.RunAsync("approvals", "approve", approval, "--data", _program.Data);
        var onItsOwn = await _program.RunAsync("approvals", "approve", approval, "--data", _program.Data, "--config", file);

        Assert.Equal(2, onMocks.Code);
        Assert.Contains("--connectors configured", onMocks.Error, StringComparison.Ordinal);
        Assert.Equal(0, onItsOwn.Code);
    }

    [Theory]
    [InlineData("""{ "Conections": {} }""", "Conections is no setting; there are Connections")]
    [InlineData("""{ "Connections": { """, "line 1")]
    [InlineData("""{ "Connections": { "falcon": { "Url": "x" } } }""", "Connections:falcon:Connector: is missing")]
    [InlineData("""{ "Connections": { "falcon": { "Connector": "none_such" } } }""", "Connections:falcon:Connector: names 'none_such'")]
    [InlineData("""{ "Connections": { "our falcon": { "Connector": "mock" } } }""", "is no name of a connection")]
    [InlineData("""{ "Connections": { "one": { "Connector": "mock" }, "two": { "Connector": "mock" } } }""", "is served by one and two. Name the one that serves it here")]
    [InlineData("""{ "Connections": { "one": { "Connector": "mock" } }, "Capabilities": { "edr": "two" } }""", "Capabilities:edr: names 'two', and it is served by one")]
    [InlineData("""{ "Connections": { "one": { "Connector": "mock", "Faults": "no-such-file" } } }""", "RESPONDER_Connections__one__Faults")]
    [InlineData("""{ "SecretsFolder": "no/such/folder" }""", "SecretsFolder: is 'no/such/folder'")]
    public async Task What_is_wrong_is_told_with_the_file_and_the_setting(string text, string says)
    {
        var file = _program.File("wrong.json", text);

        var ended = await _program.RunAsync("connectors", "list", "--config", file);

        Assert.Equal(2, ended.Code);
        Assert.Contains("wrong.json", ended.Error, StringComparison.Ordinal);
        Assert.Contains(says, ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_setting_that_the_settings_file_tells_of_is_taken_from_a_file()
    {
        var names = File.ReadLines(Repository.Path("appsettings.json")).Select(line => System.Text.RegularExpressions.Regex.Match(line, """^  (?:// )?"(\w+)":"""))
            .Where(match => match.Success).Select(match => match.Groups[1].Value).ToList();
        Assert.Contains("Publishing", names);
        var file = _program.File("all.json", $"{{ {string.Join(", ", names.Select(name => $"\"{name}\": {{}}"))} }}");

        var ended = await _program.RunAsync("connectors", "list", "--config", file);

        Assert.True(ended.Code == 0, ended.Error);
    }

    [Fact]
    public async Task Variables_lie_over_secret_files_and_those_over_the_settings_file()
    {
        var secrets = Path.GetDirectoryName(_program.File("secrets/Connections__company__Faults", "from-a-secret-file"))!;
        var file = _program.File("own.json", $$"""{ "SecretsFolder": "{{secrets}}", "Connections": { "company": { "Connector": "mock", "Faults": "from-settings" } } }""");

        var secret = await _program.RunAsync("connectors", "list", "--config", file);
        _program.Variables["RESPONDER_CONNECTIONS__COMPANY__FAULTS"] = "from-a-variable";
        var variable = await _program.RunAsync("connectors", "list", "--config", file);

        Assert.Contains("'from-a-secret-file'", secret.Error, StringComparison.Ordinal);
        Assert.Contains("'from-a-variable'", variable.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_named_and_not_there_is_bad_input()
    {
        var ended = await _program.RunAsync("connectors", "list", "--config", "no-such.json");

        Assert.Equal(2, ended.Code);
        Assert.Contains("--config no-such.json: there is no such file", ended.Error, StringComparison.Ordinal);
    }
}
