using System.Text.Json.Nodes;
using Responder.Playbooks.Language;
using Responder.Sdk.Catalog;

namespace Responder.Playbooks.Schema;

/// <summary>A field of an action, as an author may write it: a constant of its type and form, or an expression, at each level.</summary>
internal static class FieldSchemas
{
    public static JsonObject Of(FieldDescriptor field)
    {
        var constant = Constant(field.Schema);
        var form = field.Form ?? (field.TypeName == "time" ? "time" : null);
        if (form is not null && Forms.Pattern(form) is { } pattern)
        {
            constant["type"] ??= "string";
            constant["pattern"] = pattern;
        }

        var schema = OrExpression(constant);
        var about = string.Join(' ', new[] { field.About, field.Language is { } language ? $"In {language}; values in ${{{{ }}}} are quoted for it." : null }.Where(text => !string.IsNullOrEmpty(text)));
        if (about.Length > 0)
        {
            schema["description"] = about;
        }

        return schema;
    }

    private static JsonObject OrExpression(JsonObject constant) =>
        constant.Count == 0 || (constant.Count == 1 && constant["type"] is JsonValue type && type.GetValue<string>() == "string")
            ? constant
            : new JsonObject { ["anyOf"] = new JsonArray(constant, SlotSchemas.Expression) };

    private static JsonObject Constant(JsonNode? schema)
    {
        if (schema is not JsonObject body)
        {
            return [];
        }

        var copy = new JsonObject();
        foreach (var (name, value) in body)
        {
            copy[name] = name switch
            {
                "items" or "additionalProperties" when value is JsonObject => OrExpression(Constant(value)),
                "properties" when value is JsonObject properties => new JsonObject(properties.Select(one => KeyValuePair.Create<string, JsonNode?>(one.Key, OrExpression(Constant(one.Value))))),
                _ => value?.DeepClone(),
            };
        }

        return copy;
    }
}
