using Responder.Engine.Journal;
using Responder.Engine.Steps;
using Responder.Playbooks;
using Responder.Playbooks.Language;
using Responder.Sdk;

namespace Responder.Engine.Runs;

/// <summary>Decides what a run does next, from its plan and state at a time. No I/O, no clock, no expression, no randomness.</summary>
public sealed class Next
{
    private readonly List<Command> _commands = [];

    private Next(Plan plan, RunState state, DateTimeOffset now)
    {
        Plan = plan;
        State = state;
        Now = now;
    }

    internal Plan Plan { get; }

    internal RunState State { get; }

    internal DateTimeOffset Now { get; }

    private DateTimeOffset? Wake { get; set; }

    /// <summary>What to carry out.</summary>
    /// <param name="plan">What the run is pinned to.</param>
    /// <param name="state">The fold of its journal.</param>
    /// <param name="now">The time of what is being handled.</param>
    public static Decision Decide(Plan plan, RunState state, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(state);
        if (state.Created is null || state.Ended is not null)
        {
            return new Decision([], Waits.None, null);
        }

        var next = new Next(plan, state, now);
        if (state.StartedAt is null)
        {
            if (state.Cancel is { } cancel)
            {
                return new Decision([new EndRun(RunStatus.Cancelled, "cancelled", $"Cancelled by {cancel.By} before it began.")], Waits.Work, null);
            }

            return new Decision([new Emit(new RunStarted())], Waits.Work, null);
        }

        var walked = state.Doubt is null ? next.Run() : Walked.For(Waits.Doubt);
        return new Decision(next._commands, walked.Waits, next.Wake);
    }

    internal void Say(RunEvent happened) => _commands.Add(new Emit(happened));

    internal void Do(Command command) => _commands.Add(command);

    /// <summary>Decide again then.</summary>
    internal void WakeAt(DateTimeOffset due)
    {
        if (Wake is null || due < Wake)
        {
            Wake = due;
        }
    }

    /// <summary>How far a list is; begins its next step where nothing holds it.</summary>
    internal Walked Walk(IReadOnlyList<Step> steps, Place place, bool closing)
    {
        var closed = false;
        foreach (var step in steps)
        {
            var path = place.PathOf(step);
            var state = State.Step(path);
            if (state is null)
            {
                if (closing)
                {
                    return Walked.Closed;
                }

                Do(new Begin(step, place, path));
                return Walked.Work;
            }

            if (!state.Status.IsEnd())
            {
                return Advance(step, state, place, closing);
            }

            switch (state.Status)
            {
                case StepStatus.Cancelled:
                    closed = true;
                    continue;
                case StepStatus.Failed or StepStatus.TimedOut or StepStatus.Rejected when state.Error is { } error:
                    var handled = Handled(step, state, error, place, closing);
                    if (handled.Reach != Reach.Done)
                    {
                        return handled;
                    }

                    break;
            }
        }

        return closed ? Walked.Closed : Walked.Done;
    }

    /// <summary>The control-flow steps' own time: closes what is inside when it has run out.</summary>
    internal bool TimeIsUp(Step step, StepState state, TimeSpan? also = null)
    {
        var limit = step.Timeout is { } own && also is { } other ? (own < other ? own : other) : step.Timeout ?? also;
        if (limit is null || state.TimeRanOut)
        {
            return state.TimeRanOut;
        }

        var due = state.StartedAt + limit.Value;
        if (due > Now)
        {
            WakeAt(due);
            return false;
        }

        Say(new TimeRanOut(state.Path));
        return true;
    }

    /// <summary>Ends a step whose time ran out: with its <c>on_timeout</c> value where it has one, else as failed.</summary>
    internal Walked EndTimedOut(Step step, StepState state, Place place)
    {
        if (step.OnTimeout is not null)
        {
            Do(new TakeTimeoutValue(step, place, state.Path));
        }
        else
        {
            Say(new StepEnded(state.Path, StepStatus.TimedOut, Error: new StepError(
                FailureKind.TimedOut, $"Step '{step.Label}' ran out of its time.", Step: state.Path)));
        }

        return Walked.Work;
    }

    private Walked Run()
    {
        if (Plan.Root.Timeout is not null && State.Created!.Deadline is { } deadline && !State.TimeRanOut && State.Frame!.Main is null)
        {
            if (deadline <= Now)
            {
                Say(new TimeRanOut(null));
                return Walked.Work;
            }

            WakeAt(deadline);
        }

        var closing = State.Cancel is not null || State.TimeRanOut || State.RejectedAt is not null;
        var walked = Frames.Walk(this, Place.Root(Plan), State.Frame!, closing);
        if (walked.Reach == Reach.Open)
        {
            return walked;
        }

        var main = State.Frame!.Main!;
        Do(new EndRun(main.Status, main.Outcome ?? (State.Contained ? "contained" : "completed"), main.Reason));
        return Walked.Work;
    }

    private Walked Handled(Step step, StepState state, StepError error, Place place, bool closing)
    {
        if (state.Status == StepStatus.Rejected && error.Kind == FailureKind.Rejected && !step.OnError.ByKind.ContainsKey(FailureKind.Rejected))
        {
            // A person's no: on_reject has been applied already; "skip" goes on, "stop" closes the run. One that was skipped stays so when another ends the run.
            return state.EndsRun ? Walked.Closed : Walked.Done;
        }

        var action = step.OnError.For(error.Kind);
        if (action.Continue)
        {
            return Walked.Done;
        }

        return action.Steps is { } steps
            ? Walk(steps, place, closing)
            : new Walked(Reach.Failed, Error: error.Step is null ? error with { Step = state.Path } : error);
    }

    private Walked Advance(Step step, StepState state, Place place, bool closing) => step switch
    {
        ActionStep action => ActionKind.Advance(this, action, state, place, closing),
        ApprovalStep approval => ApprovalKind.Advance(this, approval, state, place, closing),
        IfStep branch => IfKind.Advance(this, branch, state, place, closing),
        SwitchStep choice => SwitchKind.Advance(this, choice, state, place, closing),
        ParallelStep parallel => ParallelKind.Advance(this, parallel, state, place, closing),
        ForeachStep loop => ForeachKind.Advance(this, loop, state, place, closing),
        WhileStep loop => WhileKind.Advance(this, loop, state, place, closing),
        TryStep attempt => TryKind.Advance(this, attempt, state, place, closing),
        WaitStep wait => WaitKind.Advance(this, wait, state, place, closing),
        CallStep call => CallKind.Advance(this, call, state, place, closing),
        _ => throw new InvalidOperationException($"A step of kind '{step.Kind}' ends when it begins."),
    };
}
