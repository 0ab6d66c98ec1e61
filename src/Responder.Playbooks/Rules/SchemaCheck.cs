using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language;
using System.Text.Json.Nodes;
using System.Text.Json;

namespace Responder.Playbooks.Rules;

/// <summary>Constants in a value, against a JSON Schema as actions' fields have it.</summary>
internal static class SchemaCheck
{
    /// <summary>What does not fit, each with its place.</summary>
    /// <param name="value">The value; what is worked out in it is passed over.</param>
    /// <param name="schema">The schema.</param>
    /// <param name="name">For messages.</param>
    /// <param name="form">The checked form of text, or null.</param>
    public static IEnumerable<(SourcePosition At, string Message)> Look(ValueNode value, JsonNode? schema, string name, string? form = null)
    {
        if (schema is not JsonObject body || value is WholeNode or TemplateNode)
        {
            return [];
        }

        var takes = TypesOf(body);
        var given = TypeOf(value);
        if (takes.Length > 0 && !takes.Contains(given) && !(given == "integer" && takes.Contains("number")))
        {
            return [(value.At, $"`{name}` takes {string.Join(" or ", takes.Where(type => type != "null").Select(Word))}, not {(value is ConstantNode { Value: { ValueKind: not JsonValueKind.Null } constant } ? $"{Word(given)} ({constant})" : Word(given))}")];
        }

        return value switch
        {
            ConstantNode { Value.ValueKind: JsonValueKind.String } text => Text(text, body, name, form),
            ListNode list => list.Items.SelectMany((item, index) => Look(item, body["items"], $"{name}[{index}]")),
            MapNode map => map.Fields.SelectMany(field => Field(field.Key, field.Value, body, name)),
            _ => [],
        };
    }

    private static IEnumerable<(SourcePosition At, string Message)> Text(ConstantNode node, JsonObject schema, string name, string? form)
    {
        var text = node.Value.GetString()!;
        if (form is not null && !Forms.Fits(form, text))
        {
            yield return (node.At, $"`{name}` takes {Forms.Describe(form)}, not '{text}'");
        }
        else if ((string?)schema["format"] is "date-time" && !Forms.Fits("time", text))
        {
            yield return (node.At, $"`{name}` takes {Forms.Describe("time")}, not '{text}'");
        }
        else if (schema["enum"] is JsonArray words && !words.Any(word => word is JsonValue && word.GetValueKind() == JsonValueKind.String && word.GetValue<string>() == text))
        {
            yield return (node.At, $"`{name}` takes {string.Join(" or ", words.Select(word => word?.ToString()).OfType<string>())}, not '{text}'");
        }
    }

    private static IEnumerable<(SourcePosition At, string Message)> Field(string key, ValueNode value, JsonObject schema, string name)
    {
        if (schema["properties"] is JsonObject properties)
        {
            return properties.ContainsKey(key) ? Look(value, properties[key], $"{name}.{key}") : [(value.At, $"`{name}` has no field `{key}`; it has {string.Join(", ", properties.Select(one => one.Key))}")];
        }

        return Look(value, schema["additionalProperties"], $"{name}.{key}");
    }

    private static string[] TypesOf(JsonObject schema) => schema["type"] switch
    {
        JsonValue one => [one.GetValue<string>()],
        JsonArray many => [.. many.Select(one => one!.GetValue<string>())],
        _ => [],
    };

    private static string TypeOf(ValueNode value) => value switch
    {
        ConstantNode constant => constant.Value.ValueKind switch
        {
            JsonValueKind.String => "string",
            JsonValueKind.Number => constant.Value.TryGetInt64(out _) ? "integer" : "number",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            JsonValueKind.Null => "null",
            JsonValueKind.Array => "array",
            _ => "object",
        },
        ListNode => "array",
        MapNode => "object",
        _ => "string",
    };

    private static string Word(string type) => type switch
    {
        "string" => "text",
        "integer" => "a whole number",
        "number" => "a number",
        "boolean" => "true or false",
        "array" => "a list",
        "object" => "a map",
        _ => "nothing (null)",
    };
}
