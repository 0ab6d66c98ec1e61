using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language.Yaml;
using Responder.Playbooks.Language;
using Responder.Sdk.Catalog;
using Responder.Sdk;

namespace Responder.Playbooks.Rules;

/// <summary>What several rules ask of a step.</summary>
internal static class StepFacts
{
    /// <summary>What a step does to the world; null where it is no action, or none that is known.</summary>
    public static Effect? EffectOf(Step step, Draft draft) =>
        step is ActionStep action && draft.ActionOf(action) is { } known ? action.Effect ?? known.Effect : null;

    /// <summary>True for an action that contains or destroys.</summary>
    public static bool Acts(Step step, Draft draft) => EffectOf(step, draft) is Effect.Contain or Effect.Destroy;

    /// <summary>True for an action that waits for a person's answer by chat or mail.</summary>
    public static bool IsAsk(Step step, Draft draft) => step is ActionStep action && draft.ActionOf(action)?.ResultType == typeof(Sdk.Chat.Answered);

    /// <summary>True where the action is one of the capabilities', not a vendor's own.</summary>
    public static bool IsNeutral(string action) => ActionCatalog.Neutral.Find(action) is not null;

    /// <summary>An approval's map, whatever step it is of; each with its step.</summary>
    public static IEnumerable<(Step Step, Approval Approval, YamlMap Map)> Approvals(Draft draft) =>
        from step in draft.Playbook?.AllSteps() ?? []
        let approval = step switch { ActionStep action => action.Approval, ApprovalStep alone => alone.Approval, _ => null }
        where approval is not null && draft.Nodes.ContainsKey(approval)
        select (step, approval, draft.NodeOf(approval));

    /// <summary>Steps with what they are inside, outermost first: each step and the list of it that leads on.</summary>
    public static IEnumerable<(Step Step, IReadOnlyList<(Step Step, string List)> Inside)> WithAncestors(Playbook playbook) =>
        new[] { playbook.Steps, playbook.OnFailure, playbook.Finally }.SelectMany(steps => Below(steps, []));

    private static IEnumerable<(Step Step, IReadOnlyList<(Step Step, string List)> Inside)> Below(IReadOnlyList<Step> steps, IReadOnlyList<(Step Step, string List)> inside)
    {
        foreach (var step in steps)
        {
            yield return (step, inside);
            foreach (var (name, inner) in step.Lists())
            {
                foreach (var one in Below(inner, [.. inside, (step, name)]))
                {
                    yield return one;
                }
            }
        }
    }
}
