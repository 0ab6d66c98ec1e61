using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Playbooks.Language;

namespace Responder.Engine.Steps;

/// <summary><c>if</c>: the list that the condition chose when the step began.</summary>
internal static class IfKind
{
    public static Walked Advance(Next next, IfStep step, StepState state, Place place, bool closing) =>
        Block.Advance(next, step, state, place, closing, state.Value!.Value.GetBoolean() ? step.Then : step.Else);

    public static IEnumerable<RunEvent> Begin(IfStep step, string path, RunScope scope) =>
        [Block.Started(step, path, Values.Of(step.If.IsTrue(scope)))];
}
