using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language;
using Responder.Sdk;

namespace Responder.Playbooks.Rules;

/// <summary>A timed-out effect is in doubt, not decided.</summary>
internal sealed class TimeDecidesNoEffect : Rule
{
    public override string Id => "RSP070";

    public override string Title => "`on_timeout` is for approvals, waits, questions and actions without effect: a timed-out effect is in doubt, not decided.";

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var step in draft.Playbook?.AllSteps().Where(step => step.OnTimeout is not null) ?? [])
        {
            if (step is ActionStep action && StepFacts.EffectOf(step, draft) is { } effect)
            {
                if (effect != Effect.Read && !StepFacts.IsAsk(step, draft))
                {
                    findings.Add(draft.NodeOf(step).AtKey("on_timeout"), $"`{action.Uses}` has an effect: when its time runs out nobody knows whether it happened, and `on_timeout` cannot say so", "take it away; the step's recovery finds out, or a person is asked");
                }
            }
            else if (step is not (ActionStep or ApprovalStep or WaitStep or BrokenStep))
            {
                findings.Add(draft.NodeOf(step).AtKey("on_timeout"), $"`on_timeout` has no meaning on a step of kind `{step.Kind}`", "put it on the step inside that waits");
            }
        }
    }
}
