using System.Text.Json;
using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Playbooks.Language;

namespace Responder.Engine.Steps;

/// <summary>What the steps that hold lists have in common.</summary>
internal static class Block
{
    /// <summary>Follows one list and ends the step as the list ends.</summary>
    public static Walked Advance(Next next, Step step, StepState state, Place place, bool closing, IReadOnlyList<Step> steps)
    {
        var late = next.TimeIsUp(step, state);
        var walked = next.Walk(steps, place, closing || late);
        return walked.Reach == Reach.Open ? walked : End(next, step, state, place, walked, late);
    }

    /// <summary>Ends the step as what it holds has ended.</summary>
    public static Walked End(Next next, Step step, StepState state, Place place, Walked walked, bool late)
    {
        if (late && walked.Reach == Reach.Closed)
        {
            return next.EndTimedOut(step, state, place);
        }

        next.Say(walked.Reach switch
        {
            Reach.Done => new StepEnded(state.Path, StepStatus.Succeeded),
            Reach.Failed => new StepEnded(state.Path, StepStatus.Failed, Error: walked.Error),
            _ => new StepEnded(state.Path, StepStatus.Cancelled),
        });
        return Walked.Work;
    }

    /// <summary>The event that begins a step of control flow.</summary>
    public static StepStarted Started(Step step, string path, JsonElement? value) =>
        new(path, step.Place, step.Id, step.Name, step.Kind, Value: value);
}
