using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Playbooks.Language;
using Responder.Sdk;

namespace Responder.Engine.Steps;

/// <summary><c>while</c>: the condition is tested before each pass and sees the pass before.</summary>
internal static class WhileKind
{
    public static Walked Advance(Next next, WhileStep step, StepState state, Place place, bool closing)
    {
        var late = next.TimeIsUp(step, state);
        var loop = state.Loop!;
        var index = loop.Floor;
        if (loop.Failed > 0)
        {
            return Block.End(next, step, state, place, new Walked(Reach.Failed, Error: Loops.FirstError(loop)), late);
        }

        if (loop.Tested is { } tested && tested.Index == index)
        {
            return tested.Value
                ? Pass(next, step, state, place, index, closing, late)
                : Block.End(next, step, state, place, Walked.Done, late);
        }

        if (closing || late)
        {
            return Block.End(next, step, state, place, Walked.Closed, late);
        }

        next.Do(new TestWhile(step, index == 0 ? place : place.In(step, index - 1, null), state.Path, index));
        return Walked.Work;
    }

    public static IEnumerable<RunEvent> Begin(WhileStep step, string path) => [Block.Started(step, path, null)];

    private static Walked Pass(Next next, WhileStep step, StepState state, Place place, int index, bool closing, bool late)
    {
        if (index >= step.Max)
        {
            return Block.End(next, step, state, place, new Walked(Reach.Failed, Error: new StepError(
                FailureKind.TimedOut, $"'while' reached its max of {step.Max} passes and its condition is still true.", Step: state.Path)), late);
        }

        var walked = next.Walk(step.Steps, place.In(step, index, null), closing || late);
        if (walked.Reach == Reach.Open)
        {
            return walked;
        }

        if (walked.Reach == Reach.Closed)
        {
            return Block.End(next, step, state, place, walked, late);
        }

        next.Say(Loops.PassEnd(state.Path, index, walked));
        return Walked.Work;
    }
}
