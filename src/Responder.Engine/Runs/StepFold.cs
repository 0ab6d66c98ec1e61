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
        IntentRecorded one => one.Path,
        PolicyRefused one => one.Path,
        ReadStarted one => one.Path,
        AttemptFailed one => one.Path,
        RetryScheduled one => one.Path,
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
        RecoveryBegun => step with { Recovering = true },
        ProbeAnswered { AskAgain: { } again } => step with { AskAgain = again },
        ProbeAnswered => step with { AskAgain = null, Recovering = false, Unsettled = false, Error = (step.Error ?? Lost) with { Kind = FailureKind.Transient } },
        StepInDoubt => step with { Status = StepStatus.InDoubt, Recovering = false, AskAgain = null, RetryDue = null },
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
