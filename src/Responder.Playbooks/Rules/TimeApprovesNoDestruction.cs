using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language;
using Responder.Sdk;

namespace Responder.Playbooks.Rules;

/// <summary>Silence never destroys.</summary>
internal sealed class TimeApprovesNoDestruction : Rule
{
    public override string Id => "RSP080";

    public override string Title => "`on_timeout: approve` never stands in front of an action that destroys.";

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var (step, approval, map) in StepFacts.Approvals(draft))
        {
            if (approval.OnTimeout == "approve" && StepFacts.EffectOf(step, draft) == Effect.Destroy)
            {
                findings.Add(map.AtKey("on_timeout"), $"`{((ActionStep)step).Uses}` destroys: that nobody answered cannot approve it", "write on_timeout: escalate, with escalate_to; or leave it out, which is reject");
            }
        }
    }
}
