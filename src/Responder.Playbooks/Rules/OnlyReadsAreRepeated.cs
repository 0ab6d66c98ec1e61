using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language;
using Responder.Sdk;

namespace Responder.Playbooks.Rules;

/// <summary>Polling repeats what changes nothing.</summary>
internal sealed class OnlyReadsAreRepeated : Rule
{
    public override string Id => "RSP072";

    public override string Title => "`retry.until` is for an action without effect.";

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var step in draft.Playbook?.AllSteps().Where(step => step.Retry?.Until is not null) ?? [])
        {
            if (step is not ActionStep || StepFacts.EffectOf(step, draft) is not (null or Effect.Read))
            {
                findings.Add(step.Retry!.Until!.At, $"`until` repeats the step, and {(step is ActionStep action ? $"`{action.Uses}` has an effect" : $"it is a `{step.Kind}`")}", "repeat an action that only reads, or use `while`");
            }
        }
    }
}
