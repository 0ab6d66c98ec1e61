using System.Text.Json;
using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Playbooks.Language;
using Responder.Sdk;

namespace Responder.Engine.Steps;

/// <summary><c>foreach</c>: a pass for each item of the list that was resolved when the step began.</summary>
internal static class ForeachKind
{
    public static Walked Advance(Next next, ForeachStep step, StepState state, Place place, bool closing)
    {
        var late = next.TimeIsUp(step, state);
        var loop = state.Loop!;
        var items = state.Value!.Value;
        var count = items.GetArrayLength();
        var stopped = closing || late || (loop.Failed > 0 && !step.OnError.Default.Continue);
        var waits = Waits.None;
        var atWork = 0;
        for (var index = loop.Floor; index < count; index++)
        {
            if (loop.Ended.ContainsKey(index))
            {
                continue;
            }

            var pass = place.In(step, index, items[index]);
            var begun = next.State.Step(pass.PathOf(step.Steps[0])) is not null;
            if (!begun && (stopped || atWork >= step.AtOnce))
            {
                break;
            }

            var walked = next.Walk(step.Steps, pass, closing || late);
            if (walked.Reach == Reach.Open)
            {
                waits |= walked.Waits;

                // A pass that waits for people holds no place of at_once.
                atWork += walked.Waits == Waits.People ? 0 : 1;
                continue;
            }

            next.Say(Loops.PassEnd(state.Path, index, walked));
            waits |= Waits.Work;
        }

        if (waits != Waits.None)
        {
            return Walked.For(waits);
        }

        var end = loop.Failed > 0
            ? new Walked(Reach.Failed, Error: Loops.FirstError(loop))
            : loop.Floor < count || loop.Ended.Values.Any(pass => pass.Status == StepStatus.Cancelled) ? Walked.Closed : Walked.Done;
        return Block.End(next, step, state, place, end, late);
    }

    public static IEnumerable<RunEvent> Begin(ForeachStep step, string path, RunScope scope)
    {
        var items = step.Foreach.Resolve(scope);
        return items.ValueKind == JsonValueKind.Array
            ? [Block.Started(step, path, items)]
            : throw new ActionFailure(FailureKind.Invalid, $"'foreach' takes a list; this is {Values.Describe(items)}.");
    }
}

/// <summary>What loops have in common.</summary>
internal static class Loops
{
    public static PassEnded PassEnd(string path, int index, Walked walked) => new(
        path,
        index,
        walked.Reach switch { Reach.Done => StepStatus.Succeeded, Reach.Failed => StepStatus.Failed, _ => StepStatus.Cancelled },
        walked.Error);

    public static StepError FirstError(LoopState loop) =>
        loop.Ended.Values.Where(pass => pass.Status == StepStatus.Failed).MinBy(pass => pass.Index)!.Error!;
}
