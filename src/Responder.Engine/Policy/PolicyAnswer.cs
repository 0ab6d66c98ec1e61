using System.Text.Json.Serialization;
using Responder.Engine.Approvals;
using Responder.Engine.Journal;

namespace Responder.Engine.Policy;

/// <summary>What policy says of an effect on its resolved targets.</summary>
public enum PolicyVerdict
{
    /// <summary>It may go on.</summary>
    Allow,

    /// <summary>People must approve it first.</summary>
    RequireApproval,

    /// <summary>It must not happen.</summary>
    Refuse,
}

/// <summary>Policy's answer, with every rule that had a part in it.</summary>
/// <param name="Verdict">The strictest of the findings.</param>
/// <param name="Findings">Each rule that spoke and why.</param>
/// <param name="Roles">Who must approve, where approval is required.</param>
/// <param name="Count">How many.</param>
/// <param name="Version">Which edition of the policy said so; null in journals that are older than policy files.</param>
public sealed record PolicyAnswer(PolicyVerdict Verdict, IReadOnlyList<PolicyFinding> Findings, IReadOnlyList<string> Roles, int Count, string? Version = null)
{
    /// <summary>Nothing to say.</summary>
    public static PolicyAnswer Allowed { get; } = new(PolicyVerdict.Allow, [], [], 0);

    /// <summary>What the effect counts against; taken with the intent.</summary>
    [JsonIgnore]
    public IReadOnlyList<QuotaUse> Quotas { get; init; } = [];

    /// <summary>The strictest of what was found.</summary>
    /// <param name="findings">What was found.</param>
    /// <param name="version">By which edition.</param>
    public static PolicyAnswer Of(IReadOnlyList<PolicyFinding> findings, string? version)
    {
        ArgumentNullException.ThrowIfNull(findings);
        var asked = findings.Where(finding => finding.Verdict == PolicyVerdict.RequireApproval).ToList();
        return new PolicyAnswer(
            findings.Count == 0 ? PolicyVerdict.Allow : findings.Max(finding => finding.Verdict),
            findings,
            asked.Count == 0 ? [] : asked.MaxBy(finding => RoleRanks.Least(finding.Roles ?? []))!.Roles ?? [],
            asked.Count == 0 ? 0 : asked.Max(finding => finding.Count),
            version);
    }

    /// <summary>The same with one more finding.</summary>
    /// <param name="finding">The finding.</param>
    public PolicyAnswer With(PolicyFinding finding) => Of([.. Findings, finding], Version) with { Quotas = Quotas };
}

/// <summary>One rule's part in an answer.</summary>
/// <param name="Rule">Its name: <c>protected.domain-controllers</c>, <c>rules.destroy</c>, <c>deletable</c>, <c>limits.isolations</c>.</param>
/// <param name="Verdict">What it says.</param>
/// <param name="Reason">Why, naming the target.</param>
/// <param name="Roles">Who must approve, where approval is required.</param>
/// <param name="Count">How many.</param>
public sealed record PolicyFinding(string Rule, PolicyVerdict Verdict, string Reason, IReadOnlyList<string>? Roles = null, int Count = 1);
