using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language.Grammar;
using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language;
using Responder.Sdk.Catalog;

namespace Responder.Playbooks.Rules;

/// <summary>An action that is used is there.</summary>
internal sealed class ActionsExist : Rule
{
    public override string Id => "RSP060";

    public override string Title => "`uses` names an action that is there.";

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var step in draft.Playbook?.AllSteps().OfType<ActionStep>() ?? [])
        {
            if (step.Uses.Length > 0 && draft.ActionOf(step) is null && StepGrammar.Action.Fits(step.Uses))
            {
                findings.Add(draft.NodeOf(step)["uses"]!.At, $"there is no action `{step.Uses}`", Hint(step.Uses, draft.Options.Catalog));
            }
        }
    }

    private static string? Hint(string uses, ActionCatalog catalog)
    {
        var capability = uses[..uses.IndexOf('.', StringComparison.Ordinal)];
        var verb = uses[(capability.Length + 1)..];
        var same = catalog.All.Where(action => action.Capability == capability).Select(action => action.Name).ToList();

        // edr.isolate means edr.isolate_host, which counted by letters is far away.
        var meant = same.FirstOrDefault(name => name.StartsWith(uses + "_", StringComparison.Ordinal))
            ?? catalog.All.Select(action => action.Name).FirstOrDefault(name => name.EndsWith("." + verb, StringComparison.Ordinal));
        return (meant is null ? null : $"did you mean `{meant}`?") ?? Nearest.Hint(uses, catalog.All.Select(action => action.Name))
            ?? (same.Count > 0 ? $"`{capability}` has {string.Join(", ", same)}" : "`responder connectors actions` lists them");
    }
}
