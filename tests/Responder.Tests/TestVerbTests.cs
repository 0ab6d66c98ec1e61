using System.Text.Json;
using System.Xml.Linq;

namespace Responder.Tests;

/// <summary><c>responder test</c>: what it says of tests that pass, of one that does not, and of what no test ran.</summary>
public sealed class TestVerbTests : IDisposable
{
    private const string Playbook =
        """
        id: hello
        name: Says hello
        on: { manual: true }
        inputs:
          loud: { type: boolean, default: false }
        steps:
          - id: which
            if: inputs.loud
            then:
              - id: shout
                uses: chat.notify
                with: { to: soc, message: HELLO }
            else:
              - id: say
                uses: chat.notify
                with: { to: soc, message: hello }
        """;

    private readonly TheProgram _program = new();

    public void Dispose() => _program.Dispose();

    public static TheoryData<string> Playbooks => [.. Directory.GetDirectories(Repository.Path("playbooks"))
        .Where(folder => Directory.Exists(Path.Combine(folder, "tests"))).Select(folder => Path.GetFileName(folder)!)];

    [Theory]
    [MemberData(nameof(Playbooks))]
    public async Task A_playbooks_tests_pass(string playbook)
    {
        var ended = await _program.RunAsync("test", $"playbooks/{playbook}");

        Assert.Equal(0, ended.Code);
        Assert.Matches("^[1-9][0-9]* passed, 0 failed$", Last(ended.Output));
        Assert.DoesNotContain("FAIL", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_that_fails_is_named_with_its_place_and_what_came_instead()
    {
        var folder = Folder("about: It shouts.\ninputs: { loud: true }\nexpect: { ran: [shout], outcome: completed }\n---\nabout: It says.\ninputs: { loud: true }\nexpect: { ran: [say], outcome: contained }\n");

        var ended = await _program.RunAsync("test", folder);

        Assert.Equal(1, ended.Code);
        Assert.Equal("1 passed, 1 failed", Last(ended.Output));
        Assert.Contains("hello.yaml:5", ended.Output, StringComparison.Ordinal);
        Assert.Contains("contained was expected; it is completed", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Coverage_says_what_no_test_ran()
    {
        var folder = Folder("about: It shouts.\ninputs: { loud: true }\nexpect: { outcome: completed }\n");

        var text = await _program.RunAsync("test", folder, "--coverage");
        var json = await _program.RunAsync("test", folder, "--coverage", "--output", "json");

        Assert.Equal("1 passed, 0 failed", Last(text.Output));
        Assert.Contains("playbook.yaml:14: say never begins", text.Output, StringComparison.Ordinal);
        var covered = Assert.Single(json.Json.GetProperty("coverage").EnumerateArray());
        Assert.Equal(["which never goes to 'else'", "say never begins"], covered.GetProperty("missed").EnumerateArray().Select(one => one.GetProperty("what").GetString()!));
        Assert.Equal(covered.GetProperty("items").GetInt32() - 2, covered.GetProperty("ran").GetInt32());
    }

    [Fact]
    public async Task Json_has_each_test_with_its_failures()
    {
        var ended = await _program.RunAsync("test", Folder("about: It shouts.\ninputs: { loud: true }\nexpect: { ran: [say] }\n"), "--output", "json");

        Assert.Equal(1, ended.Json.GetProperty("failed").GetInt32());
        var test = Assert.Single(ended.Json.GetProperty("tests").EnumerateArray());
        Assert.Equal("hello", test.GetProperty("playbook").GetString());
        Assert.NotEmpty(test.GetProperty("failures").EnumerateArray());
        Assert.Equal(JsonValueKind.Null, ended.Json.GetProperty("coverage").ValueKind);
    }

    [Fact]
    public async Task JUnit_is_a_document_that_ci_servers_read()
    {
        var ended = await _program.RunAsync("test", Folder("about: It shouts.\ninputs: { loud: true }\nexpect: { ran: [shout] }\n---\nexpect: { ran: [shout] }\n"), "--output", "junit");

        var suites = XDocument.Parse(ended.Output).Root!;
        Assert.Equal("2", suites.Attribute("tests")!.Value);
        Assert.Equal("1", suites.Attribute("failures")!.Value);
        var cases = suites.Descendants("testcase").ToList();
        Assert.Equal("It shouts.", cases[0].Attribute("name")!.Value);
        Assert.Null(cases[0].Element("failure"));
        Assert.Equal("hello, test 2", cases[1].Attribute("name")!.Value);
        Assert.Contains("shout", cases[1].Element("failure")!.Value, StringComparison.Ordinal);
        Assert.Equal("1 passed, 1 failed", Last(ended.Error));
    }

    [Theory]
    [InlineData("playbooks/none-such", "none-such")]
    [InlineData("docs", "there is no test")]
    public async Task A_path_without_a_test_is_bad_input(string path, string says)
    {
        var ended = await _program.RunAsync("test", path);

        Assert.Equal(2, ended.Code);
        Assert.Contains(says, ended.Error, StringComparison.Ordinal);
    }

    private string Folder(string tests)
    {
        _program.File("playbooks/hello/playbook.yaml", Playbook);
        return Path.GetDirectoryName(Path.GetDirectoryName(_program.File("playbooks/hello/tests/hello.yaml", tests))!)!;
    }

    private static string Last(string output) => output.TrimEnd().Split('\n')[^1].TrimEnd('\r');
}
