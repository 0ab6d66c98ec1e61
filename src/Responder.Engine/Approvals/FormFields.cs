using System.Text.Json;
using Responder.Playbooks.Language;

namespace Responder.Engine.Approvals;

/// <summary>A field of a gate's form, checked by the same rules as a playbook's inputs.</summary>
internal static class FormFields
{
    public static string? Check(JsonElement value, GateField field)
    {
        var list = field.Type.EndsWith("[]", StringComparison.Ordinal);
        var definition = new InputDefinition(
            field.Name, new InputType(list ? field.Type[..^2] : field.Type, list), field.Description, null, field.Required, field.Enum, field.Pattern, default);
        return InputForms.Check(value.ValueKind == JsonValueKind.Undefined ? Steps.Values.Null : value, definition);
    }
}
