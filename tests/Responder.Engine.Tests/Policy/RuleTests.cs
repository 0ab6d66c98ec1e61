using Responder.Engine.Policy;
using static Responder.Engine.Tests.Policy.Asking;

namespace Responder.Engine.Tests.Policy;

/// <summary>Rules: the first that meets an action decides, the strictest of rules, protection, folders and limits wins.</summary>
public sealed class RuleTests
{
    [Theory]
    [InlineData("effect: contain", true)]
    [InlineData("effect: destroy", false)]
    [InlineData("effect: [destroy, contain]", true)]
    [InlineData("action: edr.isolate_host", true)]
    [InlineData("action: EDR.ISOLATE_HOST", true)]
    [InlineData("action: edr.*", true)]
    [InlineData("action: [edr.kill_process, edr.isolate_h?st]", true)]
    [InlineData("action: edr.isolate", false)]
    [InlineData("playbook: p", true)]
    [InlineData("playbook: other*", false)]
    [InlineData("connection: edr", true)]
    [InlineData("connection: falcon", false)]
    [InlineData("target: workstations", true)]
    [InlineData("target: [servers, workstations]", true)]
    [InlineData("target: servers", false)]
    [InlineData("severity: { at_least: 70 }", true)]
    [InlineData("severity: { at_least: 71 }", false)]
    [InlineData("severity: { below: 70 }", false)]
    [InlineData("severity: { at_least: 60, below: 71 }", true)]
    [InlineData("during: { from: \"08:00\", to: \"18:00\" }", true)]
    [InlineData("during: { from: \"18:00\", to: \"08:00\" }", false)]
    [InlineData("outside: { from: \"18:00\", to: \"08:00\" }", true)]
    [InlineData("during: { days: [tue, wed], from: \"08:00\", to: \"18:00\" }", false)]
    [InlineData("during: { days: [mon], from: \"08:00\", to: \"18:00\", zone: Asia/Tokyo }", false)]
    [InlineData("during: { days: [mon], from: \"20:00\", to: \"22:00\", zone: Asia/Tokyo }", true)]
    [InlineData("during: { days: [sun], from: \"13:00\", to: \"12:30\" }", true)]
    [InlineData("effect: contain, playbook: q", false)]
    public void A_rule_holds_where_all_that_it_says_does(string when, bool holds)
    {
        var answer = Of(PolicyOf($$"""
            assets: { workstations: { names: ["ws-*"] }, servers: { roles: [Server] } }
            rules:
              - { id: one, {{when}}, then: refuse, why: not here }
            """));

        Assert.Equal(holds ? PolicyVerdict.Refuse : PolicyVerdict.Allow, answer.Verdict);
        Assert.Equal(holds ? ["rules.one"] : [], answer.Findings.Select(finding => finding.Rule));
        Assert.All(answer.Findings, finding => Assert.Contains("not here", finding.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void The_first_rule_decides()
    {
        var policy = PolicyOf("""
            rules:
              - { id: night, outside: { from: "08:00", to: "18:00" }, then: refuse }
              - { id: known, playbook: t1074-*, then: allow }
              - { id: rest, effect: contain, then: require_approval, roles: [lead], count: 2 }
            """);

        Assert.Equal(PolicyVerdict.Refuse, Of(policy, playbook: "t1074-data-staged", at: Noon.AddHours(12)).Verdict);
        Assert.Equal(PolicyVerdict.Allow, Of(policy, playbook: "t1074-data-staged").Verdict);
        var rest = Of(policy, playbook: "other");
        Assert.Equal((PolicyVerdict.RequireApproval, "lead", 2), (rest.Verdict, Assert.Single(rest.Roles), rest.Count));
    }

    [Fact]
    public void What_allows_never_loosens_protection_or_folders()
    {
        var policy = PolicyOf("""
            assets: { jewels: { names: [payroll] } }
            protected: [jewels]
            rules: [{ id: all, then: allow }]
            deletable: { folders: ['C:\Temp\*'] }
            """);

        Assert.Equal(["lead"], Of(policy, target: AHost("payroll")).Roles);
        Assert.Equal(["lead"], Deletion(policy, @"C:\Users\x\y").Roles);
        Assert.Equal(PolicyVerdict.Refuse, Deletion(policy, @"C:\Windows").Verdict);
        Assert.Equal(PolicyVerdict.Allow, Deletion(policy, @"C:\Temp\x").Verdict);
    }

    [Fact]
    public void What_is_not_known_never_loosens_and_every_target_must_be_meant()
    {
        var policy = PolicyOf("""
            assets: { lab: { names: [lab-*] } }
            rules:
              - { id: low, severity: { below: 90 }, target: lab, then: allow }
              - { id: rest, effect: contain, then: require_approval }
            """);

        Assert.Equal(PolicyVerdict.Allow, Of(policy, target: AHost("lab-1"), severity: 50).Verdict);
        Assert.Equal(PolicyVerdict.RequireApproval, Of(policy, target: AHost("lab-1"), severity: null).Verdict);
        Assert.Equal(PolicyVerdict.RequireApproval, Of(policy, target: AHost("lab-1"), severity: 50, also: AHost("ws-1")).Verdict);
        Assert.Equal(PolicyVerdict.Refuse, Of(PolicyOf("rules: [{ id: high, severity: { at_least: 90 }, then: refuse }]"), severity: null).Verdict);
    }

    [Fact]
    public void The_stricter_roles_and_the_greater_count_are_asked()
    {
        var policy = PolicyOf("""
            assets: { jewels: { names: [payroll] } }
            protected: [jewels]
            rules: [{ id: four-eyes, effect: contain, then: require_approval, roles: [analyst], count: 2 }]
            """);

        var answer = Of(policy, target: AHost("payroll"));

        Assert.Equal(("lead", 2, 2), (Assert.Single(answer.Roles), answer.Count, answer.Findings.Count));
    }

    [Theory]
    [InlineData("all", "one", "one")]
    [InlineData("action", "one|edr.isolate_host", "one|edr.isolate_host")]
    [InlineData("playbook", "one|p", "one|p")]
    [InlineData("connection", "one|edr", "one|edr")]
    [InlineData("target", "one|edr/host:ws-1-id", "one|edr/host:ws-2-id")]
    public void A_limit_counts_apart_what_it_says(string per, string first, string second)
    {
        var policy = PolicyOf($"limits: [{{ id: one, action: edr.*, at_most: 3, window: 10m, per: {per} }}]");

        var quota = Assert.Single(Of(policy).Quotas);

        Assert.Equal((first, 3, TimeSpan.FromMinutes(10), "lead", false), (quota.Key, quota.AtMost, quota.Window, Assert.Single(quota.Roles), quota.Approved));
        Assert.Equal(second, Assert.Single(Of(policy, target: AHost("WS-2")).Quotas).Key);
        Assert.Empty(Of(policy, action: "identity.disable_user").Quotas);
    }

    [Fact]
    public void The_built_in_policy_limits_isolations() =>
        Assert.Equal(("isolations", 10), Of(PolicyRules.BuiltIn).Quotas.Select(quota => (quota.Limit, quota.AtMost)).Single());
}
