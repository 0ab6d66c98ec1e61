using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language.Reading;

namespace Responder.Playbooks.Rules;

/// <summary>What a deadline decides is something that could be decided.</summary>
internal sealed class TimeoutsAreChoices : Rule
{
    public override string Id => "RSP081";

    public override string Title => "An approval's `on_timeout` is one of its choices, or `escalate`; with choices of its own it is required.";

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var (_, approval, map) in StepFacts.Approvals(draft))
        {
            var choices = approval.Choices.Count > 0 ? approval.Choices : ["approve", "reject"];
            if (approval.OnTimeout is null && approval.Choices.Count > 0 && !map.Has("on_timeout"))
            {
                findings.Add(map.AtKey("choices"), "an approval with choices of its own says which of them a deadline takes", $"write on_timeout: {choices[^1]}, or escalate with escalate_to");
            }
            else if (approval.OnTimeout is { } decided && decided != "escalate" && !choices.Contains(decided))
            {
                findings.Add(map["on_timeout"]!.At, $"`{decided}` is none of the choices ({string.Join(", ", choices)}), nor escalate", Nearest.Hint(decided, choices.Append("escalate")));
            }
        }
    }
}
