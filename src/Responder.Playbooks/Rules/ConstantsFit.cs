using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language.Reading;
using Responder.Sdk.Catalog;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Responder.Playbooks.Rules;

/// <summary>What is constant in <c>with</c> has the field's type and form.</summary>
internal sealed class ConstantsFit : Rule
{
    public override string Id => "RSP063";

    public override string Title => "A constant in `with` has the type and the form that the action's field takes.";

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var (action, values, _, _) in ActionFields.Of(draft))
        {
            foreach (var (name, value) in values)
            {
                if (action.Input(name) is { } field)
                {
                    foreach (var (at, message) in SchemaCheck.Look(value, SchemaOf(field), name, field.Form ?? (field.TypeName == "time" ? "time" : null)))
                    {
                        findings.Add(at, $"{message} (`{action.Name}`)", Hint(value, field));
                    }
                }
            }
        }
    }

    // A time is written by a converter of ours, of which the schema says nothing.
    private static JsonNode SchemaOf(FieldDescriptor field) => field.TypeName != "time" ? field.Schema
        : field.Required ? new JsonObject { ["type"] = "string" } : new JsonObject { ["type"] = new JsonArray("string", "null") };

    private static string? Hint(ValueNode value, FieldDescriptor field) => (value, field.TypeName) switch
    {
        (ConstantNode { Value: { ValueKind: JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } constant }, "string") => $"quote it: \"{constant.GetRawText()}\"",
        (ConstantNode { Value.ValueKind: JsonValueKind.Null }, _) when field.Required => "the action requires it",
        (ConstantNode constant, var type) when type.StartsWith("list of", StringComparison.Ordinal) => $"write [{constant.Value}]",
        _ => null,
    };
}
