using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language;

namespace Responder.Playbooks.Rules;

/// <summary>Nothing stands behind a stop.</summary>
internal sealed class StepsCanBeReached : Rule
{
    public override string Id => "RSP042";

    public override string Title => "No step stands behind one that always stops.";

    public override ProblemLevel Level => ProblemLevel.Warning;

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var step in draft.Scopes.Unreachable)
        {
            findings.Add(step.At, "nothing leads here: what stands before it always stops", "take it away, or put a condition on the stop");
        }
    }
}
