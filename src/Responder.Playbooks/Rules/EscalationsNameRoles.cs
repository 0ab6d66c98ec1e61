using Responder.Playbooks.Language.Reading;

namespace Responder.Playbooks.Rules;

/// <summary>An escalation goes to somebody.</summary>
internal sealed class EscalationsNameRoles : Rule
{
    public override string Id => "RSP082";

    public override string Title => "`on_timeout: escalate` and `escalate_to` go together.";

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var (_, approval, map) in StepFacts.Approvals(draft))
        {
            if (approval.OnTimeout == "escalate" && !map.Has("escalate_to"))
            {
                findings.Add(map.AtKey("on_timeout"), "an escalation needs `escalate_to`: the roles that are asked next", "write escalate_to: [lead]");
            }
            else if (approval.OnTimeout != "escalate" && map.Has("escalate_to"))
            {
                findings.Add(map.AtKey("escalate_to"), "`escalate_to` has no meaning without on_timeout: escalate");
            }
        }
    }
}
