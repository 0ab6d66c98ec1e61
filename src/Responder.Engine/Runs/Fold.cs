using Responder.Engine.Journal;
using Responder.Sdk;

namespace Responder.Engine.Runs;

/// <summary>The fold: a run's state after one more event. No I/O, no clock, no expression.</summary>
public static class Fold
{
    /// <summary>The state of a whole journal.</summary>
    /// <param name="journal">Its entries in order.</param>
    public static RunState All(IEnumerable<JournalEntry> journal) => journal.Aggregate(new RunState(), Apply);

    /// <summary>The state after one more event.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="entry">The event; its number is the next.</param>
    public static RunState Apply(RunState state, JournalEntry entry)
    {
        if (entry.Seq != state.Seq + 1)
        {
            throw new InvalidOperationException($"Event {entry.Seq} does not follow event {state.Seq}.");
        }

        return Change(state, entry.Event, entry.At) with { Seq = entry.Seq, LastAt = entry.At };
    }

    private static RunState Change(RunState state, RunEvent happened, DateTimeOffset at) => happened switch
    {
        RunCreated created => state with { Created = created, CreatedAt = at, Frame = FrameState.Start(created.Inputs, created.Vars) },
        RunStarted => state with { StartedAt = at },
        StepStarted started => Begin(state, started, at),
        StepSkipped skipped => Put(state, new StepState
        {
            Path = skipped.Path, Place = skipped.Place, Id = skipped.Id, Name = skipped.Name, Kind = skipped.Kind, Action = skipped.Action,
            Status = StepStatus.Skipped, StartedAt = at, EndedAt = at,
        }),
        StepEnded ended => End(state, ended, at),
        MainEnded { Frame: null } main => state with { Frame = state.Frame! with { Main = main } },
        MainEnded main => On(state, main.Frame!, step => step with { Frame = step.Frame! with { Main = main } }),
        CancelRequested cancel => state with { Cancel = state.Cancel ?? cancel },
        TimeRanOut { Path: null } => state with { TimeRanOut = true },
        RunHeld held => On(state, held.Path, step => step with { Held = true }) with { Held = true },
        RunResumed => Resume(state),
        RunInDoubt doubt => state with { Doubt = doubt.Reason },
        WarningNoted warning => state with { Warnings = state.Warnings.Add(warning) },
        RunEnded ended => state with { Ended = ended, EndedAt = at },
        EventTaken taken => On(state, taken.Path, step => step with { Taken = taken }) with { TakenEvents = state.TakenEvents.Add(taken.EventId) },
        _ => StepFold.PathOf(happened) is { } path
            ? On(state, path, step => StepFold.Change(step, happened, at))
            : throw new InvalidOperationException($"No fold for {happened.GetType().Name}."),
    };

    private static RunState Begin(RunState state, StepStarted started, DateTimeOffset at) => Put(state, new StepState
    {
        Path = started.Path,
        Place = started.Place,
        Id = started.Id,
        Name = started.Name,
        Kind = started.Kind,
        Action = started.Action,
        Effect = started.Effect,
        Status = StepStatus.Running,
        Inputs = started.Inputs,
        Value = started.Value,
        StartedAt = at,
        Due = started.Due,
        Awaits = started.AwaitsEvent,
        Loop = started.Kind is "foreach" or "while" ? LoopState.Empty : null,
        Frame = started.Kind == "call" ? FrameState.Start(started.Inputs!.Value, started.Value!.Value) : null,
    });

    private static RunState End(RunState state, StepEnded ended, DateTimeOffset at)
    {
        var before = state.Step(ended.Path) ?? throw new InvalidOperationException($"Step {ended.Path} ended and had not begun.");
        var step = before with
        {
            Status = ended.Status,
            Outcome = ended.Outcome,
            Outputs = ended.Outputs ?? before.Outputs,
            Error = ended.Error,
            Note = ended.Note,
            EndsRun = ended is { Status: StepStatus.Rejected, Stop: not null },
            EndedAt = at,
            AttemptOpen = false,
            Recovering = false,
            Unsettled = false,
            RetryDue = null,
            Circuit = null,
            AskAgain = null,
            Held = false,
        };
        state = Put(state, step);
        if (ended.Status == StepStatus.Succeeded && step.Effect is Effect.Contain or Effect.Destroy)
        {
            state = state with { Contained = true };
        }

        if (ended is { Status: StepStatus.Succeeded } && step.Kind == "set")
        {
            state = ChangeFrame(state, ended.Path, frame => frame with
            {
                Vars = frame.Vars.SetItems(step.Value!.Value.EnumerateObject().Select(one => KeyValuePair.Create(one.Name, one.Value))),
            });
        }

        if (ended.Stop is { } stop)
        {
            state = ended.Status == StepStatus.Rejected
                ? state with { RejectedAt = ended.Path }
                : ChangeFrame(state, ended.Path, frame => frame with { Stop = frame.Stop ?? stop });
        }

        return state;
    }

    private static RunState ChangeFrame(RunState state, string path, Func<FrameState, FrameState> change) =>
        Paths.FrameOf(path) is { } call
            ? On(state, call, step => step with { Frame = change(step.Frame!) })
            : state with { Frame = change(state.Frame!) };

    private static RunState Resume(RunState state)
    {
        foreach (var path in state.Open)
        {
            state = On(state, path, step => step.Held ? step with { Held = false } : step);
        }

        return state with { Held = false, Doubt = null };
    }

    private static RunState On(RunState state, string path, Func<StepState, StepState> change) =>
        state.Step(path) is { } step
            ? Put(state, change(step))
            : throw new InvalidOperationException($"Step {path} has not begun.");

    private static RunState Put(RunState state, StepState step) => state with
    {
        Steps = state.Steps.SetItem(step.Path, step),
        Open = step.Status.IsEnd() ? state.Open.Remove(step.Path) : state.Open.Add(step.Path),
    };
}
