using Responder.Engine.Journal;

namespace Responder.Engine.Reports.Trace;

/// <summary>
/// The journal sorted by step, for reading. It is not the engine's state: it keeps what a state may forget (every refusal, probe and
/// answer with its time) and takes events as they come, also a part of a journal.
/// </summary>
internal sealed class RunTrace
{
    private readonly Dictionary<string, StepTrace> _open = [];
    private readonly Dictionary<string, GateTrace> _gates = [];

    private RunTrace()
    {
    }

    public RunCreated? Created { get; private set; }

    public DateTimeOffset? CreatedAt { get; private set; }

    public DateTimeOffset? StartedAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public MainEnded? Main { get; private set; }

    public RunEnded? End { get; private set; }

    public CancelRequested? Cancelled { get; private set; }

    public DateTimeOffset? CancelledAt { get; private set; }

    public string? Doubt { get; private set; }

    public DateTimeOffset? FirstAt { get; private set; }

    /// <summary>In the order in which they began.</summary>
    public List<StepTrace> Steps { get; } = [];

    /// <summary>What the run noted for people, and what it said of the run as a whole.</summary>
    public List<(DateTimeOffset At, string Text)> Notes { get; } = [];

    public Fields Alert => new(Created?.Alert);

    public IEnumerable<StepTrace> Actions => Steps.Where(step => step.Action is not null);

    public IEnumerable<StepTrace> Done(params string[] actions) => Steps.Where(step => step.Succeeded && step.Is(actions));

    public static RunTrace Read(IReadOnlyList<JournalEntry> journal)
    {
        var trace = new RunTrace();
        foreach (var entry in journal)
        {
            trace.FirstAt ??= entry.At;
            trace.Take(entry.At, entry.Event);
        }

        return trace;
    }

    private void Take(DateTimeOffset at, RunEvent entry)
    {
        switch (entry)
        {
            case RunCreated created:
                Created ??= created;
                CreatedAt ??= at;
                break;
            case RunStarted:
                StartedAt ??= at;
                break;
            case StepStarted started:
                Add(new StepTrace(started.Path, started.Id, started.Name, started.Kind, started.Action, started.Effect)
                {
                    StartedAt = at, Inputs = started.Inputs, Due = started.Due, AwaitsEvent = started.AwaitsEvent,
                });
                break;
            case StepSkipped skipped:
                Add(new StepTrace(skipped.Path, skipped.Id, skipped.Name, skipped.Kind, skipped.Action, null) { StartedAt = at, Skipped = true });
                break;
            case WarningNoted warning:
                Notes.Add((at, warning.Message));
                break;
            case RunHeld held:
                Notes.Add((at, $"The run was held: {held.Reason}"));
                Step(held.Path).Held = held.Reason;
                break;
            case RunResumed resumed:
                Doubt = null;
                Steps.ForEach(step => step.Held = null);
                Notes.Add((at, $"{resumed.By} let the run go on."));
                break;
            case TimeRanOut { Path: null }:
                Notes.Add((at, "The time for the whole run ran out."));
                break;
            case CancelRequested cancel:
                Cancelled ??= cancel;
                CancelledAt ??= at;
                break;
            case RunInDoubt doubt:
                Doubt = doubt.Reason;
                break;
            case MainEnded { Frame: null } main:
                Main = main;
                break;
            case RunEnded end:
                End = end;
                EndedAt = at;
                break;
            default:
                TakeOfStep(at, entry);
                break;
        }
    }

    private void TakeOfStep(DateTimeOffset at, RunEvent entry)
    {
        switch (entry)
        {
            case GateAsked asked:
                var gate = new GateTrace(asked.Gate, at);
                _gates[asked.Gate.Id] = gate;
                Step(asked.Path).Gates.Add(gate);
                break;
            case GateAnswered answered:
                _gates.GetValueOrDefault(answered.GateId)?.Answers.Add((at, answered));
                break;
            case GateEscalated escalated when _gates.TryGetValue(escalated.GateId, out var raised):
                raised.Escalated = true;
                raised.Roles = escalated.Roles;
                raised.Deadline = escalated.Deadline;
                break;
            case GateExtended extended when _gates.TryGetValue(extended.GateId, out var longer):
                longer.Deadline = extended.Deadline;
                break;
            case GateClosed closed when _gates.TryGetValue(closed.GateId, out var decided):
                decided.Closed = closed;
                decided.ClosedAt = at;
                break;
            case IntentRecorded intent:
                var acting = Step(intent.Path);
                acting.Intent = intent;
                acting.FirstIntentAt ??= at;
                acting.Connector = intent.Connector;
                acting.Busy = acting.Held = null;
                break;
            case ReadStarted read:
                Step(read.Path).Connector = read.Connector;
                break;
            case AttemptFailed failed:
                Step(failed.Path).Failures.Add((at, failed));
                break;
            case CircuitAwaited wait:
                Step(wait.Path).Waited(wait, at);
                break;
            case RecoveryBegun recovery:
                Step(recovery.Path).Recoveries.Add((at, recovery));
                break;
            case ProbeAnswered probe:
                Step(probe.Path).Probes.Add((at, probe));
                break;
            case StepInDoubt doubt:
                Step(doubt.Path).Doubt = doubt.Reason;
                break;
            case StepSettled settled:
                Step(settled.Path).Settled = settled;
                Step(settled.Path).Doubt = null;
                break;
            case TargetBusy busy:
                Step(busy.Path).Busy = busy.Holder;
                break;
            case AnswerAwaited awaited:
                Step(awaited.Path).AnswerDue = awaited.Due;
                break;
            case EventTaken taken:
                Step(taken.Path).RepliedAt = at;
                break;
            case StepEnded ended:
                Step(ended.Path).End = ended;
                Step(ended.Path).EndedAt = at;
                break;
        }
    }

    private void Add(StepTrace step)
    {
        _open[step.Path] = step;
        Steps.Add(step);
    }

    // An event of a step whose start is not in the part of the journal at hand still belongs to a step.
    private StepTrace Step(string path)
    {
        if (!_open.TryGetValue(path, out var step))
        {
            step = new StepTrace(path, null, null, "uses", null, null);
            Add(step);
        }

        return step;
    }
}
