using Responder.Playbooks.Language;
using Responder.Playbooks.Language.Reading;
using Responder.Sdk.Catalog;

namespace Responder.Playbooks.Rules.Scoping;

/// <summary>What a step gives to later ones.</summary>
internal static class StepResults
{
    /// <summary>An action's outputs.</summary>
    public static FieldType Of(ActionDescriptor action) =>
        FieldType.Object(action.Outputs.ToDictionary(output => output.Name, output => FieldType.Of(output.Schema)));

    /// <summary>A step's result; null where a step of its kind gives none.</summary>
    public static FieldType? Of(Step step, Draft draft) => step switch
    {
        ActionStep action => draft.ActionOf(action) is { } known ? Of(known) : FieldType.Any,
        ApprovalStep approval => Approval(approval.Approval),
        ForeachStep loop => Passes(loop.Steps, draft),
        WhileStep loop => Passes(loop.Steps, draft),
        WaitStep { Event: not null } => FieldType.Any,
        CallStep => FieldType.Any,
        BrokenStep => FieldType.Any,
        _ => null,
    };

    private static FieldType Approval(Approval approval)
    {
        var fields = KnownNames.ApprovalResult.ToDictionary(name => name, _ => FieldType.Scalar);
        fields["fields"] = FieldType.Object(approval.Fields.DistinctBy(field => field.Name).ToDictionary(field => field.Name, Input));
        return FieldType.Object(fields);
    }

    /// <summary>An input's, or a form field's, value.</summary>
    public static FieldType Input(InputDefinition input)
    {
        var one = input.Type.Base == "object" || !InputForms.Types.Contains(input.Type.Base) ? FieldType.Any : FieldType.Scalar;
        return input.Type.IsList ? FieldType.List(one) : one;
    }

    private static FieldType Passes(IReadOnlyList<Step> steps, Draft draft)
    {
        var inner = StepIndex.Inside(steps).Distinct().ToDictionary(id => id, _ => FieldType.Any);
        foreach (var step in steps.SelectMany(step => step.WithInner()).Where(step => step.Id is not null && inner.ContainsKey(step.Id)))
        {
            inner[step.Id!] = Of(step, draft) ?? FieldType.Any;
        }

        return FieldType.List(FieldType.Object(new Dictionary<string, FieldType>
        {
            ["item"] = FieldType.Any,
            ["index"] = FieldType.Scalar,
            ["status"] = FieldType.Scalar,
            ["error"] = KnownNames.Error,
            ["steps"] = FieldType.Object(inner),
        }));
    }
}
