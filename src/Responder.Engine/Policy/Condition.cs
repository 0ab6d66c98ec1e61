using Responder.Playbooks.Policies;
using Responder.Sdk;

namespace Responder.Engine.Policy;

/// <summary>Whether a rule or a limit is about an action.</summary>
internal sealed class Condition(PolicyCondition when, IReadOnlyDictionary<string, AssetMatcher> assets)
{
    private readonly Patterns _actions = new(when.Actions);
    private readonly Patterns _playbooks = new(when.Playbooks);
    private readonly Patterns _connections = new(when.Connections);
    private readonly AssetMatcher[] _targets = [.. when.Targets.Select(name => assets[name])];

    /// <summary>True where it is.</summary>
    /// <param name="request">The action.</param>
    /// <param name="loosens">True for a rule that allows: what is not known does not count for it, and every host and account must be meant.</param>
    public bool Meets(PolicyRequest request, bool loosens) =>
        (when.Effects.Count == 0 || when.Effects.Contains(request.Effect))
        && (_actions.IsEmpty || _actions.Holds(request.Action))
        && (_playbooks.IsEmpty || _playbooks.Holds(request.Playbook))
        && (_connections.IsEmpty || _connections.Holds(request.Connection))
        && Severity(request.Severity, loosens)
        && (when.During is not { } during || during.Holds(request.At))
        && (when.Outside is not { } outside || !outside.Holds(request.At))
        && Targets(request.Targets, loosens);

    private bool Severity(int? score, bool loosens) => (when.SeverityAtLeast, when.SeverityBelow) switch
    {
        (null, null) => true,
        _ when score is null => !loosens,
        var (least, below) => (least is null || score >= least) && (below is null || score < below),
    };

    private bool Targets(IReadOnlyList<TargetFacts> targets, bool loosens)
    {
        if (_targets.Length == 0)
        {
            return true;
        }

        var acted = targets.Where(target => target.Kind is TargetKind.Host or TargetKind.User or TargetKind.DirectoryUser or TargetKind.Computer).ToList();
        return loosens ? acted.Count > 0 && acted.TrueForAll(IsMeant) : acted.Exists(IsMeant);
    }

    private bool IsMeant(TargetFacts target) => _targets.Any(set => set.Find(target) is not null);
}
