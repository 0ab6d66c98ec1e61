using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language;
using Responder.Playbooks.Rules.Scoping;

namespace Responder.Playbooks.Rules;

/// <summary>The value that stands for a result has its fields.</summary>
internal sealed class TimeoutResultsFit : Rule
{
    public override string Id => "RSP071";

    public override string Title => "The value of `on_timeout` is a map of fields that the step's result has.";

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var step in draft.Playbook?.AllSteps().Where(step => step is ActionStep or ApprovalStep && step.OnTimeout is not null) ?? [])
        {
            if (StepResults.Of(step, draft) is not { Fields: { } fields } || step.OnTimeout is WholeNode)
            {
                continue;
            }

            if (step.OnTimeout is not MapNode map)
            {
                findings.Add(step.OnTimeout!.At, "`on_timeout` stands for the result: a map of its fields", $"write {{ {fields.Keys.First()}: … }}");
                continue;
            }

            foreach (var (name, value) in map.Fields.Where(field => !fields.ContainsKey(field.Key)))
            {
                findings.Add(value.At, $"the result has no field `{name}`", StepReferences.HintFor(name, [.. fields.Keys]));
            }
        }
    }
}
