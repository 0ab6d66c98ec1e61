using Responder.Engine.Reports.Words;
using Responder.Engine.Runs;
using Responder.Sdk;
using Responder.Sdk.Catalog;

namespace Responder.Engine.Reports.Trace;

/// <summary>What several sections of a report ask of a run.</summary>
internal sealed class RunFacts
{
    private readonly Dictionary<StepTrace, string> _targets = [];
    private Dictionary<(string Action, string Target), StepTrace>? _lastDone;

    public RunFacts(RunTrace trace, DateTimeOffset asOf)
    {
        Trace = trace;
        AsOf = asOf;
        Clock = Clock.For(trace.Alert);
        HostNames = Names(trace);
        SeeOrders(trace);
        Outcome = trace.End?.Outcome ?? trace.Main?.Outcome;
        Reason = trace.End?.Reason ?? trace.Main?.Reason;
        Decisions = [.. from step in trace.Steps from gate in step.Gates orderby gate.AskedAt select (step, gate)];
        Ticket = (trace.Done("tickets.create").FirstOrDefault(step => step.In["parent"].Text is null) ?? trace.Done("tickets.create").FirstOrDefault())?.Out["key"].Text
            ?? trace.Actions.Where(step => step.Action!.StartsWith("tickets.", StringComparison.Ordinal)).Select(step => step.In["key"].Text).FirstOrDefault(key => key is not null);
    }

    public RunTrace Trace { get; }

    public DateTimeOffset AsOf { get; }

    public Clock Clock { get; }

    /// <summary>The EDR's ids of hosts and the names they go by.</summary>
    public IReadOnlyDictionary<string, string> HostNames { get; }

    public string? Outcome { get; }

    public string? Reason { get; }

    /// <summary>The outcome for people, where it says more than the status does.</summary>
    public string? OtherOutcome => Outcome is null or "failed" ? null : ReportWords.Outcome(Outcome);

    /// <summary>The key of the ticket that the run works in.</summary>
    public string? Ticket { get; }

    public IReadOnlyList<(StepTrace Step, GateTrace Gate)> Decisions { get; }

    public bool Final => Trace.End is not null;

    /// <summary>The run found that nothing bad had happened.</summary>
    public bool Harmless => RunOutcomes.IsHarmless(Outcome);

    /// <summary>Steps that changed something, in the order in which they began.</summary>
    public IEnumerable<StepTrace> Contained => Trace.Actions.Where(step => step.Contains && step.Succeeded);

    public IReadOnlyList<FolderFacts> Folders => field ??= FolderFacts.All(this);

    public string Target(StepTrace step)
    {
        if (!_targets.TryGetValue(step, out var target))
        {
            _targets[step] = target = ActionWords.Target(step, HostNames);
        }

        return target;
    }

    /// <summary><c>isolated ENG-WS-045</c>, and where it was not done now or not wholly, that.</summary>
    public string Past(StepTrace step) => step.Outcome switch
    {
        OutcomeKind.AlreadySo => $"{BarePast(step)} (it was so already)",
        OutcomeKind.Partial => $"{BarePast(step)} (only partly)",
        OutcomeKind.Pending => $"ordered “{ActionWords.For(step.Action).Title}” for {Target(step)} (not in force yet: the order waits at the product until the host is back)",
        _ => BarePast(step),
    };

    /// <summary>True where a later step did what this one did not.</summary>
    public bool IsMadeUpFor(StepTrace step) => LastDone(step.Action!, Target(step)) is { } last && last != step && last.EndedAt >= step.At;

    /// <summary>What would still be in force now: a containment that has an inverse and was not taken back later.</summary>
    public IEnumerable<StepTrace> InForce()
    {
        var contained = Contained.Where(step => !IsRelease(step.Action!)).ToList();
        return contained.Where(step => ActionCatalog.Neutral.Find(step.Action!)?.Undo is { } inverse
            && !(LastDone(inverse, Target(step))?.EndedAt >= step.EndedAt))
            .DistinctBy(step => (step.Action, Target(step)));
    }

    /// <summary>True for the half of a pair of inverses that gives freedom back.</summary>
    public static bool IsRelease(string action)
    {
        var verb = action[(action.IndexOf('.', StringComparison.Ordinal) + 1)..];
        return verb.StartsWith("release_", StringComparison.Ordinal) || verb.StartsWith("enable_", StringComparison.Ordinal) || verb.StartsWith("dismiss_", StringComparison.Ordinal);
    }

    private StepTrace? LastDone(string action, string target)
    {
        if (_lastDone is null)
        {
            _lastDone = [];
            foreach (var step in Trace.Actions.Where(step => step.Succeeded))
            {
                _lastDone[(step.Action!, Target(step))] = step;
            }
        }

        return _lastDone.GetValueOrDefault((action, target));
    }

    // An isolation ordered for an offline host counts from when a later look at the host finds it isolated.
    private static void SeeOrders(RunTrace trace)
    {
        foreach (var order in trace.Done("edr.isolate_host").Where(step => step.Outcome == OutcomeKind.Pending))
        {
            order.TookHoldAt = trace.Done("edr.find_host")
                .FirstOrDefault(look => look.EndedAt >= order.EndedAt && look.Out["isolation"].Text == "isolated" && look.Out["id"].Text is { } id && id == order.In["host"].Text)?.EndedAt;
        }
    }

    private string BarePast(StepTrace step) => string.Format(null, System.Text.CompositeFormat.Parse(ActionWords.For(step.Action).Past), Target(step));

    private static Dictionary<string, string> Names(RunTrace trace)
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var found = trace.Done("edr.find_host").Select(step => step.Out).Concat(trace.Done("edr.find_hosts").SelectMany(step => step.Out["hosts"].Items));
        foreach (var host in found)
        {
            if (host["id"].Text is { } id && host["hostname"].Text is { } name)
            {
                names[id] = name;
            }
        }

        return names;
    }
}
