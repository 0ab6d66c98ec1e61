using System.Text.Json;
using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Playbooks.Language;

namespace Responder.Engine.Steps;

/// <summary><c>switch</c>: the case whose name is the value, as text.</summary>
internal static class SwitchKind
{
    public static Walked Advance(Next next, SwitchStep step, StepState state, Place place, bool closing)
    {
        var value = state.Value!.Value.GetString();
        var found = step.Cases.FirstOrDefault(one => one.Key == value);
        return Block.Advance(next, step, state, place, closing, found.Value ?? step.Default);
    }

    public static IEnumerable<RunEvent> Begin(SwitchStep step, string path, RunScope scope)
    {
        var value = step.Switch.Evaluate(scope);
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Null => "null",
            _ => value.GetRawText(),
        };
        return [Block.Started(step, path, Values.Of(text))];
    }
}
