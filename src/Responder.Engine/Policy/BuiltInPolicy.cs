using Responder.Sdk;

namespace Responder.Engine.Policy;

/// <summary>
/// The defaults that hold where no policy file says otherwise: acting on a protected host or account needs a lead; destroying needs an approval;
/// folders outside the deletable ones need a lead; a path that is not in normal form is refused.
/// </summary>
public sealed class BuiltInPolicy : IPolicy
{
    private static readonly IReadOnlyList<string> Lead = ["lead"];
    private static readonly IReadOnlyList<string> Analyst = ["analyst"];

    /// <inheritdoc/>
    public TimeSpan DefaultGateTime => TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public PolicyAnswer Evaluate(PolicyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Effect is not (Effect.Contain or Effect.Destroy))
        {
            return PolicyAnswer.Allowed;
        }

        var findings = new List<PolicyFinding>();
        findings.AddRange(request.Targets.Select(Protected.Find).OfType<PolicyFinding>());
        if (request.Effect == Effect.Destroy)
        {
            findings.Add(new PolicyFinding("gates.destroy", PolicyVerdict.RequireApproval, $"{request.Action} cannot be taken back."));
            findings.AddRange(request.Targets.Where(target => target.Kind == TargetKind.Path).Select(target => DeletablePaths.Find(target.Id)).OfType<PolicyFinding>());
        }

        if (findings.Count == 0)
        {
            return PolicyAnswer.Allowed;
        }

        var verdict = findings.Max(finding => finding.Verdict);
        var lead = findings.Any(finding => finding.Verdict == PolicyVerdict.RequireApproval && finding.Rule != "gates.destroy");
        return new PolicyAnswer(verdict, findings, lead ? Lead : Analyst, 1);
    }
}
