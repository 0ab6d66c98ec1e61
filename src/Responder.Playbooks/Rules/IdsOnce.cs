using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language;

namespace Responder.Playbooks.Rules;

/// <summary>A step's id is in the file once.</summary>
internal sealed class IdsOnce : Rule
{
    public override string Id => "RSP030";

    public override string Title => "A step's id is in the file once.";

    public override void Check(Draft draft, Findings findings)
    {
        var seen = new Dictionary<string, Step>();
        foreach (var step in draft.Playbook?.AllSteps().Where(step => step.Id is not null).OrderBy(step => step.At.Line).ThenBy(step => step.At.Column) ?? Enumerable.Empty<Step>())
        {
            if (!seen.TryAdd(step.Id!, step))
            {
                findings.Add(draft.NodeOf(step)["id"]!.At, $"the id `{step.Id}` is taken by the step at line {seen[step.Id!].At.Line}", "give it another");
            }
        }
    }
}
