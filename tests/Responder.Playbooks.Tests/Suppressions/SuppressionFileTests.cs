using Responder.Playbooks.Suppressions;

namespace Responder.Playbooks.Tests.Suppressions;

public sealed class SuppressionFileTests
{
    [Fact]
    public void A_rule_says_who_why_and_until_when()
    {
        var set = SuppressionFile.Read("""
            suppress:
              - { id: red-team, when: "alert.device.hostname == 'RED-01'", owner: mlee@company.com, reason: Exercise., expires: 2026-12-01, playbooks: [a, b] }
              - { id: noise, when: "alert.source == 'x'", owner: ann, reason: "Known, SOC-5.", expires: "2026-12-01T18:00:00+01:00" }
            """, "suppressions.yaml");

        Assert.Empty(set.Problems);
        Assert.Equal(["red-team", "noise"], set.Rules.Select(rule => rule.Id));
        Assert.Equal((new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero), "mlee@company.com", "Exercise."), (set.Rules[0].Expires, set.Rules[0].Owner, set.Rules[0].Reason));
        Assert.Equal(["a", "b"], set.Rules[0].Playbooks);
        Assert.Equal(new DateTimeOffset(2026, 12, 1, 17, 0, 0, TimeSpan.Zero), set.Rules[1].Expires);
    }

    [Theory]
    [InlineData("{ id: a, when: alert.source == 'x', owner: o, reason: r }", "`expires` is missing")]
    [InlineData("{ id: a, when: alert.source == 'x', reason: r, expires: 2026-12-01 }", "`owner` is missing")]
    [InlineData("{ id: a, when: alert.source == 'x', owner: o, reason: r, expires: soon }", "is no time")]
    [InlineData("{ id: a, when: alert.sauce == 'x', owner: o, reason: r, expires: 2026-12-01 }", "sauce")]
    [InlineData("{ id: a, when: inputs.host == 'x', owner: o, reason: r, expires: 2026-12-01 }", "`inputs` is not in scope")]
    [InlineData("{ id: a, when: 'alert.source =', owner: o, reason: r, expires: 2026-12-01 }", "")]
    [InlineData("{ id: a, when: alert.source == 'x', owner: o, reason: r, expires: 2026-12-01, until: x }", "`until` is no key")]
    [InlineData("{ id: a, when: alert.source == 'x', owner: o, reason: r, expires: 2026-12-01, playbooks: all }", "`playbooks` is a list")]
    public void A_rule_with_a_problem_is_left_out_and_the_others_hold(string rule, string problem)
    {
        var set = SuppressionFile.Read($"suppress:\n  - {rule}\n  - {{ id: good, when: \"alert.source == 'y'\", owner: o, reason: r, expires: 2026-12-01 }}\n", "s.yaml");

        Assert.Equal(["good"], set.Rules.Select(one => one.Id));
        Assert.Contains(set.Problems, one => one.Message.Contains(problem, StringComparison.Ordinal) && one.At.Line == 2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("suppress: []")]
    public void No_rule_is_no_problem(string yaml) => Assert.Equal((0, 0), (SuppressionFile.Read(yaml, "s.yaml").Rules.Count, SuppressionFile.Read(yaml, "s.yaml").Problems.Count));

    [Theory]
    [InlineData("rules: []")]
    [InlineData("- id: a")]
    [InlineData("suppress: [")]
    public void Another_form_is_told(string yaml) => Assert.NotEmpty(SuppressionFile.Read(yaml, "s.yaml").Problems);
}
