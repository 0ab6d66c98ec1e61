using Responder.Engine.Journal;
using Responder.Engine.Steps;
using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language;
using Responder.Sdk;

namespace Responder.Engine.Runs;

/// <content>What comes back, taken in.</content>
internal sealed partial class RunLoop
{
    private async Task HandleAsync(Message message)
    {
        if (IsLate(message) is { } late)
        {
            // A read that had not been heard of yet when its step was ended: nobody wants its answer.
            if (message is ReadBegan && _calls.TryGetValue(late, out var read))
            {
                read.Cancel();
            }

            Finish(late);
            (message as IntentReady)?.Go.TrySetResult(IntentEnd.Stopped);
            return;
        }

        switch (message)
        {
            case Tick:
                break;
            case Signalled signalled:
                // Before the answer, which is for the deadline that people see.
                MoveMissedDeadlines(Now);
                await AnswerAsync(signalled);
                break;
            case Reported reported when State.Step(reported.Progress.Path) is { AttemptOpen: true }:
                Say(reported.Progress);
                break;
            case ReadBegan began when _calls.ContainsKey(began.Event.Path) && !State.Step(began.Event.Path)!.AttemptOpen:
                Say(began.Event);
                break;
            case RefusedByPolicy refused when _calls.ContainsKey(refused.Event.Path):
                Say(refused.Event);
                break;
            case ListTaken taken when _calls.ContainsKey(taken.Event.Path):
                TakeList(taken);
                break;
            case Lets lets when _calls.ContainsKey(lets.Event.Path):
                Finish(lets.Event.Path);
                Say(lets.Event);
                Say(new StepEnded(lets.Event.Path, StepStatus.Skipped, Note: State.Step(lets.Event.Path)!.Note));
                FlushSoon(lets.Event.Path);
                break;
            case NeedsGate needs:
                Finish(needs.Path);
                AskPeople(needs.Path, needs.Gate);
                break;
            case GateIsStale stale:
                Finish(stale.Path);
                AskPeople(stale.Path, stale.Gate);
                break;
            case IntentReady intent:
                await CommitAsync(intent);
                break;
            case CallEnded ended when Current(ended.Path, ended.Attempt):
                Finish(ended.Path);
                Guarded(ended.Path, () => TakeResult(ended));
                FlushSoon(ended.Path);
                break;
            case CallFailed failed when _calls.ContainsKey(failed.Path):
                Finish(failed.Path);
                TakeFailure(failed);
                FlushSoon(failed.Path);
                break;
            case CallImpossible impossible:
                Finish(impossible.Path);
                Say(new StepInDoubt(impossible.Path, impossible.Reason));
                break;
            case ProbeEnded probe when _calls.ContainsKey(probe.Path):
                Finish(probe.Path);
                TakeProbe(probe);
                FlushSoon(probe.Path);
                break;
            case EventsRead read when State.Step(read.Path) is { Taken: null } step && !step.Status.IsEnd():
                TakeEvent(read, step);
                break;
        }
    }

    private bool Current(string path, int attempt) => _calls.ContainsKey(path) && State.Step(path) is { AttemptOpen: true } step && step.Attempts == attempt;

    /// <summary>
    /// What comes before a call takes its time, and meanwhile the step may have been ended: then it neither asks, nor intends, nor fails. The step's path; null
    /// where the message is in time.
    /// </summary>
    private string? IsLate(Message message)
    {
        var path = message switch
        {
            ReadBegan one => one.Event.Path,
            NeedsGate one => one.Path,
            GateIsStale one => one.Path,
            IntentReady one => one.Intent.Path,
            CallFailed one => one.Path,
            CallImpossible one => one.Path,
            ProbeEnded one => one.Path,
            RefusedByPolicy one => one.Event.Path,
            Lets one => one.Event.Path,
            ListTaken one => one.Event.Path,
            _ => null,
        };
        return path is not null && State.Step(path)!.Status.IsEnd() ? path : null;
    }

    private void Finish(string path)
    {
        if (_calls.Remove(path, out var call))
        {
            call.Dispose();
        }
    }

    private void FlushSoon(string path)
    {
        if (State.Step(path)?.Effect is not (null or Effect.Read))
        {
            _journal.FlushWithin(_services.Limits.EffectFlush, Now);
        }
    }

    private async Task CommitAsync(IntentReady ready)
    {
        var path = ready.Intent.Path;
        if (_mailbox.IsClosing(path) && State.Step(path) is { Intent: null })
        {
            ready.Go.SetResult(IntentEnd.Stopped);
            Finish(path);
            return;
        }

        // What is read before the intent takes its time: an approval that was good when that began may be too old now.
        var stale = ready.Approved && State.Step(path)!.Gate is { ClosedAt: { } approved } && Now - approved > _services.Limits.ApprovalLife;
        if (stale || ready.Intent.Policy.Version != _services.Policy.Version)
        {
            ready.Go.SetResult(IntentEnd.AskPolicyAgain);
            return;
        }

        var result = await _journal.CommitIntentAsync(ready.Intent, ready.Guard, Row(), Now);
        if (result.Status is AppendStatus.OverQuota or AppendStatus.HeldToo)
        {
            ready.Go.SetResult(IntentEnd.AskPolicyAgain);
            return;
        }

        if (result.Status != AppendStatus.Committed)
        {
            Finish(path);
        }

        switch (result.Status)
        {
            case AppendStatus.Switched:
                Say(new RunHeld(path, result.Reason ?? "The kill switch is on."));
                break;
            case AppendStatus.Locked:
                Say(new TargetBusy(path, string.Join(", ", ready.Guard.Locks.Select(one => one.Target)), result.Holder ?? "another run", Now + _services.Limits.BusyPoll));
                break;
            case AppendStatus.Fenced:
                ready.Go.SetResult(IntentEnd.Stopped);
                throw new FencedException(_runId);
            case AppendStatus.Faulty:
                Say(State.Step(path)!.Unsettled
                    ? new StepInDoubt(path, $"An earlier attempt's end is not known, and the store could not keep the intent to repeat it: {result.Reason}")
                    : new StepEnded(path, StepStatus.Failed, Error: new StepError(FailureKind.Internal, $"The store could not keep the step's intent: {result.Reason}")));
                break;
        }

        ready.Go.SetResult(result.Status == AppendStatus.Committed ? IntentEnd.Committed : IntentEnd.Stopped);
    }

    private void TakeResult(CallEnded ended)
    {
        var step = (ActionStep)_journal.StepOf(ended.Path)!;
        var state = State.Step(ended.Path)!;
        if (ended.Outcome.Kind == OutcomeKind.Awaiting)
        {
            Say(new AnswerAwaited(ended.Path, ended.Outcome.Value, step.Timeout is { } limit ? state.FirstAttemptAt + limit : null));
            return;
        }

        if (step.Retry is { Until: { } until } policy && state.Effect == Effect.Read
            && !until.IsTrue(Scope(PlaceOf(ended.Path)).With("result", ended.Outcome.Value)))
        {
            Say(state.Counted < policy.Attempts
                ? new RetryScheduled(ended.Path, state.Attempts + 1, Now + Backoff.Delay(policy, state), $"`{until.Source}` is still false.")
                : new StepEnded(ended.Path, StepStatus.Failed, Outputs: ended.Outcome.Value, Attempt: ended.Attempt, Error: new StepError(
                    FailureKind.TimedOut, $"`{until.Source}` was still false after {state.Counted} attempts.", Step: ended.Path)));
            return;
        }

        Say(new StepEnded(ended.Path, StepStatus.Succeeded, ended.Outcome.Kind, ended.Outcome.Value, Attempt: ended.Attempt));
        if (ended.Outcome.Kind == OutcomeKind.Pending)
        {
            Say(new WarningNoted(ended.Path, $"{step.Label}: the product has the order and keeps it for a target that is not connected; it is not in force yet."));
        }
    }

    private void TakeFailure(CallFailed failed)
    {
        AttemptEndedBadly(_services.Log, _runId, failed.Path, failed.Attempt, failed.Error.Kind, failed.Error.Message);
        Say(new AttemptFailed(failed.Path, failed.Attempt, failed.Error));
        if (failed.StoppedAtGate && !_mailbox.IsClosing(failed.Path))
        {
            Say(new RunHeld(failed.Path, failed.Error.Message));
        }
    }

    private void TakeList(ListTaken taken)
    {
        if (taken.Error is { } error)
        {
            Finish(taken.Event.Path);
            Say(new AttemptFailed(taken.Event.Path, taken.Attempt, error));
        }

        Say(taken.Event);
        FlushSoon(taken.Event.Path);
    }

    private void TakeProbe(ProbeEnded probe)
    {
        var state = State.Step(probe.Path)!;
        var since = Now - state.LastAttemptAt!.Value;
        if (probe.Circuit is { } circuit)
        {
            Say(new CircuitAwaited(probe.Path, circuit.Connection, circuit.Since, Now + (probe.Wait ?? TimeSpan.FromSeconds(15)), probe.Reason));
            return;
        }

        switch (probe.Verdict)
        {
            case ProbeVerdict.Happened:
                Say(new ProbeAnswered(probe.Path, probe.Verdict, probe.Reason, null));
                Say(new StepEnded(probe.Path, StepStatus.Succeeded, OutcomeKind.Done, probe.Result, Attempt: state.Attempts, Note: $"found done by a probe: {probe.Reason}"));
                break;
            case ProbeVerdict.NotHappened when since >= probe.Settle:
                Say(new ProbeAnswered(probe.Path, probe.Verdict, probe.Reason, null));
                break;
            case ProbeVerdict.NotHappened:
                Say(new ProbeAnswered(probe.Path, probe.Verdict, probe.Reason, state.LastAttemptAt + probe.Settle));
                break;
            case ProbeVerdict.CannotTell when (state.CircuitDue is { } answers && answers > state.LastAttemptAt ? Now - answers : since) < probe.Settle + TimeSpan.FromMinutes(2):
                Say(new ProbeAnswered(probe.Path, probe.Verdict, probe.Reason, Now + TimeSpan.FromSeconds(15)));
                break;
            default:
                Say(new StepInDoubt(probe.Path, $"Nobody can tell whether {state.Action} happened: {probe.Reason} Look at the product, then settle the step."));
                break;
        }
    }

    private void TakeEvent(EventsRead read, StepState state)
    {
        var match = (_journal.StepOf(read.Path) as WaitStep)?.Match;
        foreach (var entry in read.Events.Where(entry => !State.TakenEvents.Contains(entry.Id)))
        {
            try
            {
                if (match is null || match.IsTrue(Scope(PlaceOf(read.Path)).With("event", entry.Payload)))
                {
                    Say(new EventTaken(state.Path, entry.Id, entry.Payload));
                    return;
                }
            }
            catch (ExpressionFailure failure)
            {
                Say(new WarningNoted(state.Path, $"An event '{entry.Name}' could not be matched: {failure.Message}"));
            }
        }
    }

    /// <summary>The place of a step instance, found again from its path.</summary>
    private Place PlaceOf(string path) => Places.Of(_plan, State, path);
}
