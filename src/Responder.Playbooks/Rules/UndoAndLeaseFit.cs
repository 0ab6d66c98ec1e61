using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language;
using Responder.Sdk;

namespace Responder.Playbooks.Rules;

/// <summary>What can be taken back is what was done.</summary>
internal sealed class UndoAndLeaseFit : Rule
{
    public override string Id => "RSP068";

    public override string Title => "`undo` is for an action with an effect; `lease` for a containment that can be taken back.";

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var step in draft.Playbook?.AllSteps().OfType<ActionStep>() ?? [])
        {
            if (draft.ActionOf(step) is not { } action)
            {
                continue;
            }

            var node = draft.NodeOf(step);
            var effect = step.Effect ?? action.Effect;
            if (node.Has("undo") && effect == Effect.Read)
            {
                findings.Add(node.AtKey("undo"), $"`{step.Uses}` changes nothing: there is nothing to undo");
            }

            if (node.Has("lease") && effect != Effect.Contain)
            {
                findings.Add(node.AtKey("lease"), $"a lease is for what contains; `{step.Uses}` does not");
            }
            else if (node.Has("lease") && (step.Undo is { Count: 0 } || (step.Undo is null && action.Undo is null)))
            {
                findings.Add(node.AtKey("lease"), $"at the end of a lease the step is undone, and `{step.Uses}` has no inverse here", action.NoUndo ?? "say `undo` with steps");
            }
        }
    }
}
