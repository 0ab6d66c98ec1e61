using System.Diagnostics;
using System.Text.Json;
using Responder.Engine.Alerts;
using Responder.Engine.Matching;
using Responder.Engine.Tests.Alerts;
using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language;

namespace Responder.Engine.Tests.Matching;

public sealed class MatcherTests
{
    private static readonly Alert Staged = Sources.One("sysmon", File.ReadAllText(Repository.Path("playbooks/t1074-data-staged/alerts/sysmon-data-staged.json")));

    [Fact]
    public void Each_playbook_is_explained()
    {
        var matcher = new Matcher([
            Make("yes", "alert.attack.includes('T1074.001') && alert.severity_score >= 70"),
            Make("no", "alert.attack.includes('T1110')"),
            Make("low", "alert.severity_score > 85"),
            Make("broken", "alert.raw.nothing.here == 1"),
            Make("lacks", "true", Input("bucket", "hostname", "alert.raw.bucket")),
        ]);

        var result = matcher.Match(Staged, Sources.Received);

        Assert.Equal(["yes"], result.Starts.Select(one => one.Playbook.Id));
        Assert.Equal(["yes"], result.Explanation.True);
        Assert.Equal(["no", "low"], result.Explanation.False);
        Assert.Equal("broken", Assert.Single(result.Explanation.Failed).Playbook);
        var refused = Assert.Single(result.Explanation.Refused);
        Assert.Equal("lacks", refused.Playbook);
        Assert.Contains("`bucket` is required", refused.Reason, StringComparison.Ordinal);
        Assert.Equal("broken", result.Explanation.ToJson().GetProperty("failed")[0].GetProperty("playbook").GetString());
    }

    [Fact]
    public void Inputs_and_keys_come_from_the_alert()
    {
        var playbook = Make("case", "true", Input("hostname", "hostname", "alert.device.hostname"), Input("user", "email", "alert.user.email")) with
        {
            On = new Trigger(new AlertTrigger(When("true"), Value("${{ alert.device.hostname }}|${{ alert.file.parent_folder }}"), TimeSpan.FromMinutes(5)), null, false),
            Concurrency = new Concurrency(Value("host/${{ inputs.hostname }}"), ConcurrencyPolicy.Skip),
        };

        var start = Assert.Single(new Matcher([playbook]).Match(Staged, Sources.Received).Starts);

        Assert.Equal("""{"hostname":"ENG-WS-045","user":"alexchen@company.com"}""", start.Inputs.GetRawText());
        Assert.Equal(@"case|ENG-WS-045|C:\temp\staging", start.DedupeKey);
        Assert.Equal(TimeSpan.FromMinutes(5), start.DedupeWindow);
        Assert.Equal(("host/eng-ws-045", ConcurrencyPolicy.Skip), (start.ConcurrencyKey, start.OnBusy));
    }

    [Fact]
    public void A_person_gives_inputs_and_unknown_or_wrong_ones_are_refused()
    {
        var playbook = Make("by-hand", "true", Input("hostname", "hostname", "alert.device.hostname"));
        var given = new Dictionary<string, JsonElement> { ["hostname"] = JsonSerializer.SerializeToElement("WS-1") };

        Assert.Equal("""{"hostname":"WS-1"}""", StartResolver.Resolve(playbook, null, given, Sources.Received).Start!.Inputs.GetRawText());
        Assert.Contains("`host` is no input", Assert.Single(StartResolver.Resolve(
            playbook, Staged.ToJson(), new Dictionary<string, JsonElement> { ["host"] = given["hostname"] }, Sources.Received).Problems).Reason, StringComparison.Ordinal);
        Assert.NotEmpty(StartResolver.Resolve(
            playbook, null, new Dictionary<string, JsonElement> { ["hostname"] = JsonSerializer.SerializeToElement("a b; rm") }, Sources.Received).Problems);
    }

    [Theory]
    [InlineData("alert.attack.includes('T1074.001')")]
    [InlineData("alert.attack.includes('T1110') || alert.attack.includes('T1074.001')")]
    [InlineData("(alert.source === 'sysmon') && alert.severity == 'high' && alert.attack.includes('T1074.001')")]
    [InlineData("alert.source == 'crowdstrike' || alert.source == 'sysmon'")]
    [InlineData("alert.severity_score > 84 && alert.attack.length == 1")]
    [InlineData("!alert.attack.includes('T1110')")]
    [InlineData("alert.device.hostname == 'ENG-WS-045' && (alert.process.image ?? '').endsWith('cmd.exe')")]
    [InlineData("alert.process.cmd_line?.includes('copy') && alert.title?.startsWith('Mass')")]
    [InlineData("(alert.process.parent.image ?? '').endsWith('') || alert.source == 'x'")]
    [InlineData("alert.attack.includes('T1110') || alert.device.hostname == 'ENG-WS-045'")]
    [InlineData("alert.attack.some(one => one.startsWith('T1074'))")]
    public void The_index_never_hides_a_match(string when) => Assert.Single(new Matcher([Make("one", when)]).Match(Staged, Sources.Received).Starts);

    [Theory]
    [InlineData("(alert.process.image ?? '').endsWith('other.exe')")]
    [InlineData("alert.url?.startsWith('https://')")]
    [InlineData("alert.file.sha256 == 'aa' && alert.raw.nothing.here == 1")]
    public void What_a_text_field_lacks_is_left_out_without_working_it_out(string when)
    {
        var counted = 0;
        var playbook = Make("one", string.Empty) with { On = new Trigger(new AlertTrigger(new Counting(when, () => counted++), null, null), null, false) };

        Assert.Equal(["one"], new Matcher([playbook]).Match(Staged, Sources.Received).Explanation.False);
        Assert.Equal(0, counted);
    }

    [Fact]
    public void Each_verdict_says_why_and_what_a_run_would_begin_with()
    {
        var verdicts = MatchVerdict.Of([
            Make("yes", "alert.attack.includes('T1074.001')", Input("hostname", "hostname", "alert.device.hostname")),
            Make("no", "alert.attack.includes('T1074.001') && (alert.severity_score >= 99) && alert.raw.nothing.here == 1"),
            Make("broken", "alert.raw.nothing.here == 1"),
            Make("lacks", "true", Input("bucket", "hostname", "alert.raw.bucket")),
        ], Staged, Sources.Received);

        Assert.Equal(["true", "false", "failed", "refused"], verdicts.Select(one => one.Verdict));
        Assert.Equal("ENG-WS-045", verdicts[0].Inputs!.Value.GetProperty("hostname").GetString());
        Assert.Equal("not true: alert.severity_score >= 99", verdicts[1].Reason);
        Assert.NotNull(verdicts[2].Reason);
        Assert.Contains("`bucket` is required", verdicts[3].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_kept_leaves_out_the_false_ones_and_is_shown_with_them()
    {
        var explanation = new Matcher([Make("yes", "true"), Make("no", "false"), Make("broken", "alert.raw.nothing.here == 1")]).Match(Staged, Sources.Received).Explanation;
        var kept = explanation.ToKept("sha256:1");

        Assert.DoesNotContain("\"no\"", kept.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("no", Assert.Single(MatchExplanation.WithFalse(kept, ["yes", "no", "broken"]).GetProperty("false").EnumerateArray().ToList()).GetString());
        Assert.Equal(explanation.ToJson().GetRawText(), MatchExplanation.WithFalse(explanation.ToJson(), []).GetRawText());
    }

    [Fact]
    public void A_failure_before_a_known_term_is_a_failure_still()
    {
        var result = new Matcher([Make("one", "alert.raw.nothing.here == 1 && alert.attack.includes('T1110')")]).Match(Staged, Sources.Received);

        Assert.Single(result.Explanation.Failed);
        Assert.Empty(result.Explanation.False);
    }

    [Fact]
    public void Of_five_hundred_playbooks_only_those_that_may_match_are_worked_out()
    {
        var counted = 0;
        var playbooks = Enumerable.Range(0, 500).Select(i => Make($"p{i}", string.Empty) with
        {
            On = new Trigger(new AlertTrigger(new Counting($"alert.attack.includes('T{2000 + i}')", () => counted++), null, null), null, false),
        }).Append(Make("mine", "alert.attack.includes('T1074.001')")).ToList();

        var result = new Matcher(playbooks).Match(Staged, Sources.Received);

        Assert.Equal(0, counted);
        Assert.Equal(["mine"], result.Explanation.True);
        Assert.Equal(500, result.Explanation.False.Count);
    }

    private static Playbook Make(string id, string when, params InputDefinition[] inputs) => new()
    {
        Id = id,
        Name = id,
        On = new Trigger(new AlertTrigger(When(when.Length == 0 ? "true" : when), null, null), null, false),
        Inputs = inputs,
        Steps = [],
        File = $"{id}/playbook.yaml",
        Source = string.Empty,
        Hash = "sha256:0",
    };

    private static Expression When(string text) => ExpressionParser.Parse(text, new SourcePosition(3, 9)).Expression ?? throw new UnreachableException(text);

    private static ValueNode Value(string text) => ValueParser.Scalar(text, ScalarStyle.Plain, new SourcePosition(4, 9)).Node ?? throw new UnreachableException(text);

    private static InputDefinition Input(string name, string type, string value) =>
        new(name, new InputType(type, false), null, Value("${{ " + value + " }}"), true, [], null, new SourcePosition(5, 3));

    private sealed class Counting(string source, Action count) : Expression(source, default)
    {
        public override JsonElement Evaluate(IScope scope) => JsonSerializer.SerializeToElement(IsTrue(scope));

        public override bool IsTrue(IScope scope)
        {
            count();
            return false;
        }
    }
}
