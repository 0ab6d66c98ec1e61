using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Playbooks.Language;
using Responder.Sdk;

namespace Responder.Engine.Steps;

/// <summary><c>call</c>: another playbook as a part of this run.</summary>
internal static class CallKind
{
    public static Walked Advance(Next next, CallStep step, StepState state, Place place, bool closing)
    {
        var inner = Place.Called(next.Plan, step, state.Path);
        var late = next.TimeIsUp(step, state, inner.Index.Playbook.Timeout);
        var walked = Frames.Walk(next, inner, state.Frame!, closing || late);
        if (walked.Reach == Reach.Open)
        {
            return walked;
        }

        var main = state.Frame!.Main!;
        switch (main.Status)
        {
            case RunStatus.Failed when late:
                return next.EndTimedOut(step, state, place);
            case RunStatus.Failed:
                next.Say(new StepEnded(state.Path, StepStatus.Failed, Error: main.Error
                    ?? new StepError(FailureKind.Internal, main.Reason ?? $"Playbook '{step.Call}' stopped as failed.", Step: state.Path)));
                return Walked.Work;
            case RunStatus.Cancelled:
                next.Say(new StepEnded(state.Path, StepStatus.Cancelled));
                return Walked.Work;
            default:
                next.Do(new EndCall(step, inner, state.Path));
                return Walked.Work;
        }
    }
}
