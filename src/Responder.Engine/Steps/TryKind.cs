using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Playbooks.Language;

namespace Responder.Engine.Steps;

/// <summary><c>try</c>: where it fails, <c>catch</c> runs; it sees failures and refusals, not cancel or doubt.</summary>
internal static class TryKind
{
    public static Walked Advance(Next next, TryStep step, StepState state, Place place, bool closing)
    {
        var late = next.TimeIsUp(step, state);
        var tried = next.Walk(step.Try, place, closing || late);
        if (tried.Reach == Reach.Failed)
        {
            tried = next.Walk(step.Catch, place, closing || late);
        }

        return tried.Reach == Reach.Open ? tried : Block.End(next, step, state, place, tried, late);
    }

    public static IEnumerable<RunEvent> Begin(TryStep step, string path) => [Block.Started(step, path, null)];

    /// <summary>The error that a catch sees: that of the first step of <c>try</c> which failed and was not handled.</summary>
    public static StepState? FailedIn(RunState state, TryStep step, Place place) =>
        step.Try.Select(one => state.Step(place.PathOf(one)))
            .FirstOrDefault(one => one is { Status: StepStatus.Failed or StepStatus.TimedOut or StepStatus.Rejected, Error: not null });
}
