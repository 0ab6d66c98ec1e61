using Responder.Engine.Journal;
using Responder.Sdk;

namespace Responder.Engine.Runs;

/// <summary>The part of the fold that changes one step.</summary>
internal static class StepFold
{
    /// <summary>The step that an event is about.</summary>
    public static string? PathOf(RunEvent happened) => happened switch
    {
        GateAsked one => one.Path,
        GateAnswered one => one.Path,
        GateClosed one => one.Path,
        GateEscalated one => one.Path,
        GateExtended one => one.Path,
        GateReminded one => one.Path,
        IntentRecorded one => one.Path,
        PolicyRefused one => one.Path,
        HoldLet one => one.Path,
        InputsListed one => one.Path,
        ReadStarted one => one.Path,
        AttemptFailed one => one.Path,
        RetryScheduled one => one.Path,
        CircuitAwaited one => one.Path,
        RecoveryBegun one => one.Path,
        ProbeAnswered one => one.Path,
        StepInDoubt one => one.Path,
        StepSettled one => one.Path,
        TargetBusy one => one.Path,
        StepProgress one => one.Path,
        AnswerAwaited one => one.Path,
        WhileTested one => one.Path,
        PassEnded one => one.Path,
        TimeRanOut one => one.Path,
        _ => null,
    };

    public static StepState Change(StepState step, RunEvent happened, DateTimeOffset at) => happened switch
    {
        GateAsked asked => step with
        {
            Status = StepStatus.WaitingApproval,
            Gate = new GateState(asked.Gate, at, asked.Gate.Roles, asked.Gate.Deadline, false, []),
        },
        GateAnswered answer => step with { Gate = step.Gate! with { Answers = step.Gate.Answers.Add(answer) } },
        GateEscalated escalated => step with { Gate = step.Gate! with { Roles = escalated.Roles, Deadline = escalated.Deadline, Escalated = true } },
        GateExtended extended => step with { Gate = step.Gate! with { Deadline = extended.Deadline } },
        GateReminded reminded => step with { Gate = step.Gate! with { Reminders = reminded.Time, RemindedAt = at } },
        GateClosed closed => step with
        {
            Status = StepStatus.Running,
            Gate = step.Gate! with { Choice = closed.Choice, How = closed.How, ClosedAt = at },
        },
        IntentRecorded intent => Attempt(step, intent.Attempt, at) with
        {
            Intent = intent,
            Policy = intent.Policy,
            FirstIntentAt = step.FirstIntentAt ?? at,
            Connection = intent.Connection,
            Connector = intent.Connector,
        },
        InputsListed listed => step with { Inputs = listed.Inputs, Listed = listed.Why, Error = null },
        HoldLet let => step with { Note = $"run {let.To} holds it too: it stays as it is" },
        PolicyRefused refused => step with { Policy = refused.Policy },
        ReadStarted read => Attempt(step, read.Attempt, at) with { Connection = read.Connection, Connector = read.Connector },
        AttemptFailed failed => step with
        {
            Attempts = Math.Max(step.Attempts, failed.Attempt),
            AttemptOpen = false,
            LastAttemptAt = at,
            Error = failed.Error,
            Recovering = failed.Error.Kind == FailureKind.Unknown && step.Effect != Effect.Read,
            Unsettled = step.Unsettled || (failed.Error.Kind == FailureKind.Unknown && step.Effect is Effect.Record or Effect.Contain or Effect.Destroy),
        },

        // An attempt that came back well and is to be repeated (`until`) has no failure that closed it.
        RetryScheduled retry => step with { RetryDue = retry.Due, AttemptOpen = false, Recovering = false, AskAgain = null },
        CircuitAwaited wait => Wait(step, wait),
        RecoveryBegun => step with { Recovering = true },
        ProbeAnswered { AskAgain: { } again } => step with { AskAgain = again, Circuit = null },
        ProbeAnswered => step with { AskAgain = null, Circuit = null, Recovering = false, Unsettled = false, Error = (step.Error ?? Lost) with { Kind = FailureKind.Transient } },
        StepInDoubt => step with { Status = StepStatus.InDoubt, Recovering = false, AskAgain = null, RetryDue = null, Circuit = null },
        StepSettled settled => step with { Status = StepStatus.Running, Error = null, Recovering = false, Unsettled = false, Note = $"settled by {settled.By}: {settled.Resolution}" },
        TargetBusy busy => step with { RetryDue = busy.Due },
        StepProgress progress => step with { Progress = progress },
        AnswerAwaited awaited => step with { AttemptOpen = false, Outputs = awaited.Outputs, Due = awaited.Due, Awaits = step.Intent?.Key },
        WhileTested tested => step with { Loop = step.Loop! with { Tested = (tested.Index, tested.Value) } },
        PassEnded pass => step with { Loop = EndPass(step.Loop!, pass) },
        TimeRanOut => step with { TimeRanOut = true },
        _ => throw new InvalidOperationException($"No fold for {happened.GetType().Name}."),
    };

    private static readonly StepError Lost = new(FailureKind.Transient, "The attempt's end is not known; the product says it did not happen.");

    /// <summary>A probe is asked again under the attempt that it is about; anything else is a new attempt in place of the one that met the breaker.</summary>
    private static StepState Wait(StepState step, CircuitAwaited wait)
    {
        var waits = step with { Circuit = new OpenCircuit(wait.Connection, wait.Since), CircuitDue = wait.Due };
        return step is { Recovering: true, Intent.Rule: Recover.Probe }
            ? waits with { AskAgain = wait.Due }
            : waits with { RetryDue = wait.Due, AttemptOpen = false, Recovering = false, AskAgain = null, Uncounted = step.Uncounted + 1 };
    }

    private static StepState Attempt(StepState step, int number, DateTimeOffset at) => step with
    {
        Status = StepStatus.Running,
        Attempts = number,
        AttemptOpen = true,
        FirstAttemptAt = step.FirstAttemptAt ?? at,
        LastAttemptAt = at,
        RetryDue = null,
        Recovering = false,
        AskAgain = null,
        Circuit = null,
        Error = null,
    };

    private static LoopState EndPass(LoopState loop, PassEnded pass)
    {
        var ended = loop.Ended.SetItem(pass.Index, pass);
        var floor = loop.Floor;
        while (ended.ContainsKey(floor))
        {
            floor++;
        }

        return loop with { Floor = floor, Ended = ended, Failed = loop.Failed + (pass.Status == StepStatus.Failed ? 1 : 0) };
    }
}
