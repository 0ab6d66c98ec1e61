using Responder.Engine.Journal;
using Responder.Playbooks.Language;
using Responder.Playbooks.Policies;
using Responder.Sdk;

namespace Responder.Engine.Policy;

/// <summary>A policy file in force: <c>protected</c>, <c>rules</c>, <c>deletable</c> and <c>limits</c>, each heard, and the strictest wins.</summary>
public sealed class PolicyRules : IPolicy
{
    private static readonly string[] Lead = ["lead"];

    private readonly AssetMatcher[] _protected;
    private readonly (PolicyRule Rule, Condition When)[] _rules;
    private readonly (LimitRule Limit, Condition When)[] _limits;
    private readonly DeletablePaths _deletable;
    private readonly PolicyAnswer _allowed;

    /// <summary>Makes it ready.</summary>
    /// <param name="document">The policy, without an error.</param>
    public PolicyRules(PolicyDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        Document = document;
        Version = $"{document.Version ?? "policy"}@{document.Hash["sha256:".Length..][..16]}";
        var assets = document.Assets.ToDictionary(one => one.Key, one => new AssetMatcher(one.Value), StringComparer.Ordinal);
        _protected = [.. document.Protected.Select(name => assets[name])];
        _rules = [.. document.Rules.Select(rule => (rule, new Condition(rule.When, assets)))];
        _limits = [.. document.Limits.Select(limit => (limit, new Condition(limit.When, assets)))];
        _deletable = new DeletablePaths(document.DeletableFolders);
        _allowed = PolicyAnswer.Of([], Version);
    }

    /// <summary>The built-in policy: what holds where there is no file.</summary>
    public static PolicyRules BuiltIn { get; } = new(PolicyFile.Default);

    /// <summary>As it was written.</summary>
    public PolicyDocument Document { get; }

    /// <inheritdoc/>
    public string Version { get; }

    /// <inheritdoc/>
    public TimeSpan DefaultGateTime => Document.GateTime;

    /// <inheritdoc/>
    public PolicyAnswer Evaluate(PolicyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Effect == Effect.Read)
        {
            return _allowed;
        }

        var findings = new List<PolicyFinding>();
        if (request.Effect is Effect.Contain or Effect.Destroy)
        {
            findings.AddRange(request.Targets.Select(Protected).OfType<PolicyFinding>());
        }

        if (Rule(request) is { } rule)
        {
            findings.Add(rule);
        }

        if (request.Effect == Effect.Destroy)
        {
            findings.AddRange(request.Targets.Where(target => target.Kind == TargetKind.Path).Select(target => _deletable.Find(target.Id)).OfType<PolicyFinding>());
        }

        var quotas = Quotas(request);
        return findings.Count == 0 && quotas.Count == 0 ? _allowed : PolicyAnswer.Of(findings, Version) with { Quotas = quotas };
    }

    /// <summary>What a limit says that is used up.</summary>
    /// <param name="quota">What is used up.</param>
    internal static PolicyFinding Over(QuotaUse quota) => new(
        quota.Rule, PolicyVerdict.RequireApproval,
        $"{(quota.AtMost == 1 ? "one has" : $"{quota.AtMost} have")} been done in {Durations.Format(quota.Window)}, which is the limit of '{quota.Limit}'{(quota.Of is null ? string.Empty : $" for {quota.Of}")}; each one more needs {string.Join(" or ", quota.Roles)}.",
        quota.Roles);

    private PolicyFinding? Protected(TargetFacts target)
    {
        if (target.Kind is not (TargetKind.Host or TargetKind.User or TargetKind.DirectoryUser or TargetKind.Computer))
        {
            return null;
        }

        foreach (var set in _protected)
        {
            if (set.Find(target) is { } because)
            {
                var why = Document.Assets[set.Name].Why is { } said ? $": {said}" : string.Empty;
                return new PolicyFinding(
                    $"protected.{set.Name}", PolicyVerdict.RequireApproval, $"{NameOf(target)} is protected ({because}){why}. Acting on it needs a lead.", Lead);
            }
        }

        return null;
    }

    /// <summary>The first rule that meets it; one that allows says nothing.</summary>
    private PolicyFinding? Rule(PolicyRequest request)
    {
        foreach (var (rule, when) in _rules)
        {
            if (!when.Meets(request, loosens: rule.Then == PolicyThen.Allow))
            {
                continue;
            }

            return rule.Then switch
            {
                PolicyThen.Allow => null,
                PolicyThen.Refuse => new PolicyFinding($"rules.{rule.Id}", PolicyVerdict.Refuse, $"{request.Action} is refused by the rule '{rule.Id}'{Why(rule)}."),
                _ => new PolicyFinding($"rules.{rule.Id}", PolicyVerdict.RequireApproval, $"{request.Action} needs {People(rule)}, by the rule '{rule.Id}'{Why(rule)}.", rule.Roles, rule.Count),
            };
        }

        return null;
    }

    private List<QuotaUse> Quotas(PolicyRequest request)
    {
        var uses = new List<QuotaUse>();
        foreach (var (limit, when) in _limits)
        {
            if (!when.Meets(request, loosens: false))
            {
                continue;
            }

            foreach (var of in Apart(limit.Per, request).Distinct(StringComparer.Ordinal))
            {
                uses.Add(new QuotaUse(of is null ? limit.Id : $"{limit.Id}|{of}", limit.Id, limit.AtMost, limit.Window, limit.Roles, of));
            }
        }

        return uses;
    }

    private static IEnumerable<string?> Apart(LimitPer per, PolicyRequest request) => per switch
    {
        LimitPer.Action => [request.Action],
        LimitPer.Playbook => [request.Playbook],
        LimitPer.Connection => [request.Connection],
        LimitPer.Target => request.Targets.Select(target => $"{request.Connection}/{Json.Word(target.Kind)}:{target.Id.ToLowerInvariant()}"),
        _ => (IEnumerable<string?>)[null],
    };

    private static string People(PolicyRule rule) => (rule.Count == 1 ? "the approval of " : $"{rule.Count} approvals of ") + string.Join(" or ", rule.Roles);

    private static string Why(PolicyRule rule) => rule.Why is { } why ? $": {why.TrimEnd('.')}" : string.Empty;

    private static string NameOf(TargetFacts target) => target.Names.Count > 0 ? target.Names[0] : target.Id;
}
