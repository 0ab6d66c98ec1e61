using Responder.Engine.Policy;
using Responder.Sdk;
using static Responder.Engine.Tests.Policy.Asking;

namespace Responder.Engine.Tests.Policy;

/// <summary>Hosts and accounts that need a lead, by whatever is known of them.</summary>
public sealed class AssetTests
{
    public static TheoryData<string, TargetFacts, string> Protected => new()
    {
        { "the vendor's word", AHost("HOST-7", role: "Domain Controller"), "domain-controllers" },
        { "the vendor's word in other case", AHost("HOST-7", role: " domain controller "), "domain-controllers" },
        { "a computer by its group", new TargetFacts(TargetKind.Computer, "cn=x", ["X"], [], "Computer", ["Domain Controllers"]), "domain-controllers" },
        { "an administrator", AUser("ann", ["Domain Admins"]), "privileged-accounts" },
        { "an administrator through nesting", AUser("ann", ["Helpdesk", "domain admins"]), "privileged-accounts" },
        { "a role of the cloud", AUser("ann", ["Global Administrator"]), "privileged-accounts" },
        { "what the connector calls privileged", AUser("ann", ["Tier 0 operators"], ["privileged"]), "privileged-accounts" },
        { "a directory's administrator", new TargetFacts(TargetKind.DirectoryUser, "cn=ann", ["ann"], [], null, ["Backup Operators"]), "privileged-accounts" },
        { "a service account", AUser("svc-backup"), "service-accounts" },
        { "a service account with its domain", AUser(@"CORP\svc-backup"), "service-accounts" },
        { "a service account by address", AUser("SVC-backup@company.com"), "service-accounts" },
        { "krbtgt", AUser("krbtgt"), "service-accounts" },
        { "a synchronisation account", AUser("MSOL_0a1b2c"), "service-accounts" },
        { "break glass by name", AUser("breakglass01"), "break-glass-accounts" },
        { "break glass by tag", AUser("admin2", tags: ["break-glass"]), "break-glass-accounts" },
        { "a crown jewel by tag", AHost("FILESRV", tags: ["Server", "crown-jewel"]), "crown-jewels" },
        { "a tag in a group of tags", AHost("FILESRV", tags: ["FalconGroupingTags/Tier0"]), "crown-jewels" },
    };

    [Theory]
    [MemberData(nameof(Protected))]
    public void Acting_on_one_needs_a_lead(string what, TargetFacts target, string set)
    {
        foreach (var effect in (Effect[])[Effect.Contain, Effect.Destroy])
        {
            var answer = Of(PolicyRules.BuiltIn, effect: effect, target: target);

            Assert.Equal((what, PolicyVerdict.RequireApproval), (what, answer.Verdict));
            Assert.Equal(["lead"], answer.Roles);
            Assert.Contains(answer.Findings, finding => finding.Rule == $"protected.{set}");
            Assert.Equal(PolicyRules.BuiltIn.Version, answer.Version);
        }
    }

    [Theory]
    [InlineData("WS-1", "Workstation")]
    [InlineData("SVCHOST-PC", null)]
    [InlineData("mysvc-backup", null)]
    [InlineData("DC-HOLIDAY-PHOTOS", "Server")]
    public void Others_do_not(string name, string? role) => Assert.Empty(Of(PolicyRules.BuiltIn, target: AHost(name, role)).Findings);

    [Fact]
    public void A_protected_host_that_is_named_only_by_its_id_is_protected()
    {
        var policy = PolicyOf("""
            assets: { jewels: { ids: ["0A5D3C*"], why: payroll runs on it } }
            protected: [jewels]
            """);

        var finding = Assert.Single(Of(policy, target: new TargetFacts(TargetKind.Host, "0a5d3c1be770", ["0a5d3c1be770"], [])).Findings);

        Assert.Equal(("protected.jewels", true), (finding.Rule, finding.Reason.Contains("payroll runs on it", StringComparison.Ordinal)));
    }

    [Fact]
    public void To_tell_or_to_write_down_needs_nobody() =>
        Assert.All((Effect[])[Effect.Read, Effect.Notify, Effect.Record], effect => Assert.Equal(PolicyVerdict.Allow, Of(PolicyRules.BuiltIn, "tickets.comment", effect, AUser("svc-x")).Verdict));
}
