using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language;

namespace Responder.Playbooks.Rules;

/// <summary>An action is one that something serves here, or a guard says that it may not be.</summary>
internal sealed class ActionsAreServed : Rule
{
    public override string Id => "RSP064";

    public override string Title => "A connection here serves the action, or a condition asks `connectors.<capability>` first.";

    public override void Check(Draft draft, Findings findings)
    {
        if (draft.Playbook is not { } playbook || draft.Options.Connections is not { } served)
        {
            return;
        }

        foreach (var (step, inside) in StepFacts.WithAncestors(playbook))
        {
            if (step is ActionStep action && draft.ActionOf(action) is { } known && served.GetValueOrDefault(action.Uses, []).Count == 0
                && !inside.Select(one => one.Step).Append(step).SelectMany(ConditionsOf).Any(condition => Asks(condition, known.Capability, draft)))
            {
                findings.Add(draft.NodeOf(step)["uses"]!.At, $"no connection here serves `{action.Uses}`", $"configure one, or say when: connectors.{known.Capability}");
            }
        }
    }

    private static IEnumerable<Expression> ConditionsOf(Step step) => new[] { step.When, (step as IfStep)?.If }.OfType<Expression>();

    private static bool Asks(Expression condition, string capability, Draft draft) =>
        draft.Expressions.Of(condition).Any(reference => reference.Path is ["connectors", var name, ..] && name == capability);
}
