using Responder.Engine.Approvals;
using Responder.Engine.Journal;
using Responder.Sdk;

namespace Responder.Engine.Runs;

/// <content>What people say, taken in. The answer goes back when it is committed.</content>
internal sealed partial class RunLoop
{
    private async Task AnswerAsync(Signalled signalled)
    {
        var result = Take(signalled.Signal);
        if (result.Status == SignalStatus.Taken && signalled.Signal is not Nudge)
        {
            Drive();
            Check(await _journal.FlushAsync(Row()));
        }

        signalled.Answer.TrySetResult(result);
    }

    private SignalResult Take(RunSignal signal)
    {
        switch (signal)
        {
            case AnswerGate answer:
                return TakeAnswer(answer);
            case CancelRun cancel:
                Say(new CancelRequested(cancel.By, cancel.Reason));
                return SignalResult.Taken;
            case ResumeRun resume when State.Held || State.Doubt is not null:
                Say(new RunResumed(resume.By));
                return SignalResult.Taken;
            case ResolveStep resolve:
                return Settle(resolve);
            default:
                _lookedFor.Clear();
                return SignalResult.Taken;
        }
    }

    private SignalResult TakeAnswer(AnswerGate answer)
    {
        var asked = State.Steps.Values.FirstOrDefault(step => step.Gate?.Request.Id == answer.GateId);
        if (asked is not { Gate: { } gate })
        {
            return new SignalResult(SignalStatus.NotFound, $"Run {_runId} asks nothing under {answer.GateId} now.");
        }

        if (GateAnswers.Check(gate, answer) is { } refused)
        {
            return refused;
        }

        Say(new GateAnswered(asked.Path, answer.GateId, answer.By, answer.Choice, answer.Fields, answer.Comment, answer.Via, answer.For(gate.Roles)));
        return SignalResult.Taken;
    }

    private SignalResult Settle(ResolveStep resolve)
    {
        if (State.Step(resolve.Path) is not { } step)
        {
            return new SignalResult(SignalStatus.NotFound, $"Run {_runId} has no step at {resolve.Path}.");
        }

        if (step.Status != StepStatus.InDoubt)
        {
            return new SignalResult(SignalStatus.Conflict, $"The step at {resolve.Path} is not in doubt.");
        }

        // Said of the attempt before: on its way while another lead had it tried again.
        if (resolve.Attempt is { } looked && looked != step.Attempts)
        {
            return new SignalResult(SignalStatus.Conflict, $"The step at {resolve.Path} was tried again since you looked: it is attempt {step.Attempts} that is in doubt now. Look at the product once more.");
        }

        if (resolve.Resolution is not ("succeeded" or "failed" or "repeat"))
        {
            return new SignalResult(SignalStatus.Invalid, $"'{resolve.Resolution}' is no resolution; say succeeded, failed or repeat.");
        }

        if (resolve.Resolution == "succeeded" && ResultCheck.Problem(_services.Connections.Catalog.Find(step.Action!), resolve.Outputs) is { } problem)
        {
            return new SignalResult(SignalStatus.Invalid, problem);
        }

        Say(new StepSettled(resolve.Path, resolve.Resolution, resolve.Outputs, resolve.By, resolve.Comment));
        switch (resolve.Resolution)
        {
            case "succeeded":
                Say(new StepEnded(resolve.Path, StepStatus.Succeeded, OutcomeKind.Done, resolve.Outputs, Attempt: step.Attempts, Note: $"settled as done by {resolve.By}"));
                break;
            case "failed":
                Say(new StepEnded(resolve.Path, StepStatus.Failed, Attempt: step.Attempts, Error: new StepError(
                    FailureKind.Conflict, $"Settled as not done by {resolve.By}{(resolve.Comment is null ? "." : ": " + resolve.Comment)}")));
                break;
        }

        return SignalResult.Taken;
    }

    private static void Refuse(Message left)
    {
        if (left is Signalled signalled)
        {
            signalled.Answer.TrySetException(new LoopClosedException());
        }
        else if (left is IntentReady ready)
        {
            ready.Go.TrySetResult(IntentEnd.Stopped);
        }
    }
}

/// <summary>The loop was put away before it read the message: the host wakes it and sends it again.</summary>
internal sealed class LoopClosedException : Exception;
