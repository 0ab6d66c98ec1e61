using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language;

namespace Responder.Playbooks.Rules;

/// <summary>A connection that is named is configured and serves the action.</summary>
internal sealed class ConnectionsExist : Rule
{
    public override string Id => "RSP065";

    public override string Title => "A `connection` that a step names is configured here and serves its action.";

    public override void Check(Draft draft, Findings findings)
    {
        if (draft.Options.Connections is not { } served)
        {
            return;
        }

        foreach (var step in draft.Playbook?.AllSteps().OfType<ActionStep>() ?? [])
        {
            var names = served.GetValueOrDefault(step.Uses, []);
            if (step.Connection is { } connection && names.Count > 0 && !names.Contains(connection))
            {
                findings.Add(draft.NodeOf(step)["connection"]!.At, $"no connection `{connection}` serves `{step.Uses}` here", Nearest.Hint(connection, names) ?? "there are " + string.Join(", ", names));
            }
        }
    }
}
