using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language;

namespace Responder.Playbooks.Rules;

/// <summary>What an action does to the world is on the action.</summary>
internal sealed class EffectsAreDeclaredOnce : Rule
{
    private static readonly string[] Declaring = ["effect", "recovery", "probe"];

    public override string Id => "RSP067";

    public override string Title => "`effect`, `recovery` and `probe` are for `http.request` and vendors' own actions; any other action says them itself.";

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var step in draft.Playbook?.AllSteps().OfType<ActionStep>().Where(step => step.Uses != RequestsSayWhatTheyDo.Request && StepFacts.IsNeutral(step.Uses)) ?? [])
        {
            foreach (var key in Declaring.Where(draft.NodeOf(step).Has))
            {
                findings.Add(draft.NodeOf(step).AtKey(key), $"`{step.Uses}` says itself what it does and how it is taken up", $"take `{key}` away");
            }
        }
    }
}
