using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Playbooks.Language;

namespace Responder.Engine.Steps;

/// <summary><c>parallel</c>: all branches settle; then a failed branch fails the step.</summary>
internal static class ParallelKind
{
    public static Walked Advance(Next next, ParallelStep step, StepState state, Place place, bool closing)
    {
        var late = next.TimeIsUp(step, state);
        var waits = Waits.None;
        var end = Walked.Done;
        foreach (var (_, steps) in step.Branches)
        {
            var walked = next.Walk(steps, place, closing || late);
            if (walked.Reach == Reach.Open)
            {
                waits |= walked.Waits;
            }
            else if (end.Reach == Reach.Done || walked.Reach == Reach.Failed && end.Reach != Reach.Failed)
            {
                end = walked;
            }
        }

        return waits != Waits.None ? Walked.For(waits) : Block.End(next, step, state, place, end, late);
    }

    public static IEnumerable<RunEvent> Begin(ParallelStep step, string path) => [Block.Started(step, path, null)];
}
