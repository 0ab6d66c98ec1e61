using System.Text.Json;
using Responder.Playbooks.Mappings;
using Responder.Playbooks.Mappings.Sigma;

namespace Responder.Playbooks.Tests.Mappings;

public sealed class SigmaTests
{
    private static readonly SigmaEvent Copy = new(JsonElement.Parse("""
        {"provider":"Microsoft-Windows-Sysmon","channel":"Microsoft-Windows-Sysmon/Operational","event_id":1,"computer":"WS-1",
         "data":{"Image":"C:\\Windows\\System32\\cmd.exe","CommandLine":"cmd /c copy C:\\a\\*.docx D:\\b -x \\\\srv\\c$ ZQBjAGgAbwA=","User":"CORP\\ann","ProcessId":"42","Empty":"",
                 "Hashes":"MD5=AA,SHA256=BB","DestinationIp":"10.1.2.3","ParentImage":"C:\\Windows\\explorer.exe"}}
        """));

    [Theory]
    [InlineData("sel: { Image|endswith: '\\CMD.exe' }", "sel", true)]
    [InlineData("sel: { Image: 'C:\\Windows\\\\*\\cmd.exe' }", "sel", true)]
    [InlineData("sel: { Image: 'C:\\Windows\\*\\cmd.exe' }", "sel", false)]
    [InlineData("sel: { Image: 'cmd.exe' }", "sel", false)]
    [InlineData("sel: { Image|startswith: 'c:\\windows' , User|contains: ann }", "sel", true)]
    [InlineData("sel: { CommandLine|contains: ['nothing', ' copy '] }", "sel", true)]
    [InlineData("sel: { CommandLine|contains|all: ['nothing', ' copy '] }", "sel", false)]
    [InlineData("sel: { CommandLine|contains: '\\*.docx' }", "sel", true)]
    [InlineData("sel: { CommandLine|contains: '\\\\*.docx' }", "sel", true)]
    [InlineData("sel: { CommandLine|contains: '\\?.docx' }", "sel", false)]
    [InlineData("sel: { CommandLine|contains: ' \\\\\\\\srv' }", "sel", true)]
    [InlineData("sel: { CommandLine|contains: ' \\\\\\srv' }", "sel", true)]
    [InlineData("sel: { CommandLine|contains: ' \\\\\\\\\\\\srv' }", "sel", false)]
    [InlineData("sel: { CommandLine|contains: 'C:\\\\a\\' }", "sel", true)]
    [InlineData("sel: { CommandLine|contains: 'c?py' }", "sel", true)]
    [InlineData("sel: { CommandLine|contains|cased: 'COPY' }", "sel", false)]
    [InlineData("sel: { CommandLine|contains|windash: ' /x ' }", "sel", true)]
    [InlineData("sel: { CommandLine|re: 'copy\\s+C:' }", "sel", true)]
    [InlineData("sel: { CommandLine|re|i: 'COPY' }", "sel", true)]
    [InlineData("sel: { CommandLine|re: 'COPY' }", "sel", false)]
    [InlineData("sel: { CommandLine|contains|wide|base64: 'echo' }", "sel", true)]
    [InlineData("sel: { CommandLine|contains|wide|base64offset: 'cho' }", "sel", true)]
    [InlineData("sel: { ProcessId|gte: 42, ProcessId|lt: 43 }", "sel", true)]
    [InlineData("sel: { DestinationIp|cidr: 10.0.0.0/8 }", "sel", true)]
    [InlineData("sel: { Missing: null, Empty: '' }", "sel", true)]
    [InlineData("sel: { Missing|exists: false, User|exists: true }", "sel", true)]
    [InlineData("sel: { User|fieldref: Image }", "sel", false)]
    [InlineData("sel: { SHA256: bb, EventID: 1 }", "sel", true)]
    [InlineData("sel: [ { User: nobody }, { ProcessId: 42 } ]", "sel", true)]
    [InlineData("words: [ 'c$', nothing ]", "words", true)]
    [InlineData("a_1: { ProcessId: 42 }\n  a_2: { ProcessId: 43 }", "1 of a_*", true)]
    [InlineData("a_1: { ProcessId: 42 }\n  a_2: { ProcessId: 43 }", "all of a_*", false)]
    [InlineData("a: { ProcessId: 42 }\n  b: { ProcessId: 43 }\n  _c: { ProcessId: 44 }", "a and not (b or _c)", true)]
    [InlineData("a: { ProcessId: 42 }\n  b: { ProcessId: 43 }", "not a or b", false)]
    [InlineData("a: { ProcessId: 42 }\n  _b: { ProcessId: 43 }", "all of them", true)]
    public void A_detection_holds_or_not(string detection, string condition, bool holds) =>
        Assert.Equal(holds, Read(detection, condition).Matches(Copy));

    [Theory]
    [InlineData("{ product: windows, category: process_creation }", true)]
    [InlineData("{ product: windows, category: file_event }", false)]
    [InlineData("{ product: linux, category: process_creation }", false)]
    [InlineData("{ product: windows, service: sysmon }", true)]
    [InlineData("{ product: windows, service: security }", false)]
    [InlineData("{ product: windows, category: no_such_thing }", false)]
    public void A_rule_is_for_its_log_source_only(string source, bool holds) =>
        Assert.Equal(holds, Read("sel: { ProcessId: 42 }", "sel", source).Matches(Copy));

    [Fact]
    public void Security_4688_is_a_process_creation_by_sysmons_names()
    {
        var @event = new SigmaEvent(JsonElement.Parse("""{"provider":"Microsoft-Windows-Security-Auditing","event_id":4688,"data":{"NewProcessName":"C:\\x\\rar.exe","CommandLine":"rar a"}}"""));

        Assert.True(Read("sel: { Image|endswith: '\\rar.exe' }", "sel").Matches(@event));
    }

    [Theory]
    [InlineData("sel: { Image|soundslike: x }", "sel", "is no modifier")]
    [InlineData("sel: { Image: x }", "other", "there is no such selection")]
    [InlineData("sel: { Image: x }", "(sel", "not closed")]
    [InlineData("sel: { Image: x }", "sel | count() > 5", "Aggregations")]
    [InlineData("sel: { Image|re: '(' }", "sel", "is no regular expression")]
    [InlineData("sel: { Image: x }", "1 of other_*", "names no selection")]
    public void A_broken_rule_says_why(string detection, string condition, string message) =>
        Assert.Contains(message, Assert.Throws<MappingFailure>(() => Read(detection, condition)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_slow_expression_is_no_match_and_no_hang()
    {
        var @event = new SigmaEvent(JsonElement.Parse($$$"""{"provider":"Microsoft-Windows-Sysmon","event_id":1,"data":{"CommandLine":"{{{new string('a', 5000)}}}!"}}"""));

        Assert.False(Read("sel: { CommandLine|re: '^(a+)+$' }", "sel").Matches(@event));
    }

    [Fact]
    public void Rules_of_the_real_folder_load_as_they_are()
    {
        var folder = Environment.GetEnvironmentVariable("RESPONDER_REAL_DATA");
        var files = folder is null ? [] : Directory.GetFiles(Path.Combine(folder, "sigma-rules"), "*.yml");
        var rules = files.SelectMany(file => SigmaReader.Read(File.ReadAllText(file), Path.GetFileName(file))).ToList();

        Assert.Equal(files.Length, rules.Count);
        Assert.All(rules, rule => Assert.Equal("process_creation", rule.LogSource.Category));
        Assert.False(rules.Exists(rule => rule.Matches(new SigmaEvent(JsonElement.Parse("""{"provider":"Microsoft-Windows-Sysmon","event_id":1,"data":{"Image":"C:\\x.exe","CommandLine":"x"}}""")))));
    }

    private static SigmaRule Read(string detection, string condition, string source = "{ product: windows, category: process_creation }") =>
        Assert.Single(SigmaReader.Read($"title: t\nlogsource: {source}\ndetection:\n  {detection}\n  condition: {condition}\n", "rule.yml"));
}
