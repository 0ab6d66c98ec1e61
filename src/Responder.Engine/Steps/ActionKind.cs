using Responder.Engine.Approvals;
using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Playbooks.Language;
using Responder.Sdk;

namespace Responder.Engine.Steps;

/// <summary><c>uses</c>: gate, attempts, retries, recovery of an unknown end, time-outs between effects.</summary>
internal static class ActionKind
{
    public static Walked Advance(Next next, ActionStep step, StepState state, Place place, bool closing)
    {
        if (state.Gate is { IsOpen: true } open)
        {
            return GateRules.Advance(next, state, open, closing);
        }

        if (state.Status == StepStatus.InDoubt)
        {
            return Walked.For(Waits.Doubt);
        }

        if (state.AttemptOpen)
        {
            return AtWork(next, step, state, place, closing);
        }

        if (state.Awaits is { } key)
        {
            return Awaiting(next, step, state, place, key, closing);
        }

        if (state.Gate is { IsOpen: false } gate && Refused(next, step, state, gate))
        {
            return Walked.Work;
        }

        if (state.Recovering)
        {
            return Recovering(next, step, state, place);
        }

        if (closing)
        {
            return End(next, state, new StepEnded(state.Path, StepStatus.Cancelled, Error: state.Error), "it is not repeated, because the run is being ended.");
        }

        if (state.Held)
        {
            return Walked.For(Waits.People);
        }

        if (!TimeIsUp(next, step, state))
        {
            return NextAttempt(next, step, state, place);
        }

        return state.Unsettled ? InDoubt(next, state, "the step's time ran out before it could be repeated.") : next.EndTimedOut(step, state, place);
    }

    /// <summary>True where an attempt may be made at once or after a wait; false where the failure is final.</summary>
    public static bool IsRetried(ActionStep step, StepState state, StepError error)
    {
        var policy = step.Retry ?? RetryPolicy.Default;
        if (error.Kind == FailureKind.Offline && step.Retry is null)
        {
            return true;
        }

        var retried = policy.On?.Contains(error.Kind)
            ?? error.Kind is FailureKind.Transient or FailureKind.RateLimited or FailureKind.Offline || (error.Kind == FailureKind.Unknown && state.Effect == Effect.Read);
        return retried && state.Counted < policy.Attempts;
    }

    private static Walked NextAttempt(Next next, ActionStep step, StepState state, Place place)
    {
        if (state.RetryDue is { } due)
        {
            if (due > next.Now)
            {
                next.WakeAt(due);
                return Walked.For(state.Circuit is null ? Waits.Backoff : Waits.Connection);
            }
        }
        else if (state.Error is { } error)
        {
            if (error.Circuit is { } circuit && IsNotDone(state, error))
            {
                return ForConnection(next, state, error, circuit);
            }

            if (!IsRetried(step, state, error))
            {
                return End(next, state, new StepEnded(
                    state.Path, error.Kind == FailureKind.RejectedByPolicy ? StepStatus.Rejected : StepStatus.Failed, Error: error, Attempt: state.Attempts), error.Message);
            }

            if (Backoff.Wait(step.Retry ?? RetryPolicy.Default, state, error, next.Now, step.Timeout) is not { } delay)
            {
                return End(next, state, new StepEnded(state.Path, StepStatus.Failed, Error: error, Attempt: state.Attempts), error.Message);
            }

            next.Say(new RetryScheduled(state.Path, state.Attempts + 1, next.Now + delay, $"{Kinds.Name(error.Kind)}: {error.Message}"));
            return Walked.Work;
        }

        next.Do(new Act(step, place, state.Path));
        return Walked.Work;
    }

    /// <summary>Certainly not done, or harmless to do again: what met an open breaker waits until its connection is tried again, whatever the step says of repeats.</summary>
    private static bool IsNotDone(StepState state, StepError error) =>
        error.Kind is FailureKind.Transient or FailureKind.RateLimited || (error.Kind == FailureKind.Unknown && state.Effect == Effect.Read);

    private static Walked ForConnection(Next next, StepState state, StepError error, OpenCircuit circuit)
    {
        next.Say(new CircuitAwaited(state.Path, circuit.Connection, circuit.Since, next.Now + TimeSpan.FromSeconds(error.RetryAfter ?? 15), error.Message));
        return Walked.Work;
    }

    /// <summary>Ends a step as not done; in doubt where an earlier attempt of it may have been.</summary>
    private static Walked End(Next next, StepState state, StepEnded end, string why)
    {
        if (state.Unsettled)
        {
            return InDoubt(next, state, why);
        }

        next.Say(end);
        return Walked.Work;
    }

    private static Walked InDoubt(Next next, StepState state, string why)
    {
        next.Say(new StepInDoubt(state.Path, $"Nobody can tell whether {state.Action} happened: an earlier attempt's end is not known, and {why} Look at the product, then settle the step."));
        return Walked.Work;
    }

    private static Walked AtWork(Next next, ActionStep step, StepState state, Place place, bool closing)
    {
        // A call that acts is let finish; a read is not waited for.
        if (state.Effect == Effect.Read && (closing || TimeIsUp(next, step, state)))
        {
            next.Do(new CancelRead(state.Path));
            if (closing)
            {
                next.Say(new StepEnded(state.Path, StepStatus.Cancelled));
                return Walked.Work;
            }

            return next.EndTimedOut(step, state, place);
        }

        next.Do(new Act(step, place, state.Path));
        return Walked.Work;
    }

    private static Walked Awaiting(Next next, ActionStep step, StepState state, Place place, string key, bool closing)
    {
        if (state.Taken is { } taken)
        {
            next.Say(new StepEnded(state.Path, StepStatus.Succeeded, OutcomeKind.Done, taken.Payload, Attempt: state.Attempts));
            return Walked.Work;
        }

        if (closing)
        {
            next.Say(new StepEnded(state.Path, StepStatus.Cancelled));
            return Walked.Work;
        }

        if (state.Due is { } due)
        {
            if (due <= next.Now)
            {
                return next.EndTimedOut(step, state, place);
            }

            next.WakeAt(due);
        }

        next.Do(new LookForEvent(step, place, state.Path, key));
        return Walked.For(Waits.Event);
    }

    private static bool Refused(Next next, ActionStep step, StepState state, GateState gate)
    {
        switch (gate)
        {
            case { How: GateRules.Cancelled }:
                End(next, state, new StepEnded(state.Path, StepStatus.Cancelled), "it is not repeated, because the run is being ended.");
                return true;
            case { Choice: GateRules.Reject, How: not GateRules.Stale }:
                End(next, state, GateRules.Rejected(state, step.Approval, null), "to repeat it was rejected.");
                return true;
            default:
                return false;
        }
    }

    private static Walked Recovering(Next next, ActionStep step, StepState state, Place place)
    {
        var rule = state.Intent!.Rule;
        var policy = step.Retry ?? RetryPolicy.Default;
        switch (rule)
        {
            case Recover.Repeat when state.Error is { Circuit: { } circuit } error:
                next.Say(new RecoveryBegun(state.Path, state.Attempts, rule, "Calling twice equals calling once: it is called again under the same key, as soon as the product answers."));
                return ForConnection(next, state, error, circuit);
            case Recover.Repeat when state.Counted < policy.Attempts:
                next.Say(new RecoveryBegun(state.Path, state.Attempts, rule, "Calling twice equals calling once: it is called again under the same key."));
                next.Say(new RetryScheduled(state.Path, state.Attempts + 1, next.Now + Backoff.Delay(policy, state), state.Error!.Message));
                return Walked.Work;
            case Recover.Repeat when state.Effect == Effect.Notify:
                next.Say(new StepEnded(state.Path, StepStatus.Failed, Error: state.Error, Attempt: state.Attempts));
                return Walked.Work;
            case Recover.Probe when state.AskAgain is { } again && again > next.Now:
                next.WakeAt(again);
                return Walked.For(state.Circuit is null ? Waits.Backoff : Waits.Connection);
            case Recover.Probe:
                next.Do(new Probe(step, place, state.Path));
                return Walked.Work;
            default:
                next.Say(new StepInDoubt(state.Path, $"Nobody can tell whether {state.Action} happened: {state.Error!.Message} Look at the product, then settle the step."));
                return Walked.Work;
        }
    }

    private static bool TimeIsUp(Next next, ActionStep step, StepState state)
    {
        if (state.TimeRanOut)
        {
            return true;
        }

        if (step.Timeout is not { } limit || state.FirstAttemptAt is not { } first)
        {
            return false;
        }

        var due = first + limit;
        if (due > next.Now)
        {
            next.WakeAt(due);
            return false;
        }

        next.Say(new TimeRanOut(state.Path));
        return true;
    }
}
