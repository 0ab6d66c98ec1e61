using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language;

namespace Responder.Playbooks.Rules;

/// <summary>An approval's choices can be told apart, and a gate's let the action through or not.</summary>
internal sealed class ChoicesCanBeMade : Rule
{
    public override string Id => "RSP084";

    public override string Title => "An approval's choices differ, and none is `escalate`; in front of an action they include `approve` and `reject`.";

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var (step, approval, map) in StepFacts.Approvals(draft))
        {
            if (approval.Choices.GroupBy(choice => choice).FirstOrDefault(group => group.Count() > 1) is { } twice)
            {
                findings.Add(map["choices"]!.At, $"the choice `{twice.Key}` is there twice");
            }

            if (approval.Choices.Contains("escalate"))
            {
                findings.Add(map["choices"]!.At, "`escalate` is what a deadline does, not a choice", "give it another name: hand_over");
            }

            if (step is ActionStep && approval.Choices.Count > 0 && !(approval.Choices.Contains("approve") && approval.Choices.Contains("reject")))
            {
                findings.Add(map["choices"]!.At, "in front of an action people approve or reject", "leave `choices` out; a question with answers of its own is an `approval` step before it");
            }
        }
    }
}
