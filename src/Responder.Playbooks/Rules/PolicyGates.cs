using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language;
using Responder.Sdk;

namespace Responder.Playbooks.Rules;

/// <summary>What the author need not write because policy asks anyway.</summary>
internal sealed class PolicyGates : Rule
{
    public override string Id => "RSP087";

    public override string Title => "Which gates policy will add: by default one in front of every action that destroys.";

    public override ProblemLevel Level => ProblemLevel.Information;

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var step in draft.Playbook?.AllSteps().OfType<ActionStep>() ?? [])
        {
            if (draft.ActionOf(step) is not { } action)
            {
                continue;
            }

            var gate = draft.Options.PolicyGate is { } policy ? policy(step, action)
                : (step.Effect ?? action.Effect) == Effect.Destroy ? "policy asks before every action that destroys" : null;
            if (gate is not null)
            {
                findings.Add(draft.NodeOf(step).AtKey("uses"), $"`{step.Uses}`: {gate}", step.Approval is null ? null : "joined with the step's own gate: the stricter roles, the greater count, the earlier deadline");
            }
        }
    }
}
