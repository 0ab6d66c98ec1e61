using System.Text.Json.Nodes;
using Responder.Playbooks.Language;
using Responder.Playbooks.Language.Grammar;

namespace Responder.Playbooks.Schema;

/// <summary>What a key takes, as JSON Schema.</summary>
internal sealed class SlotSchemas(JsonObject definitions)
{
    /// <summary>A text that holds an expression.</summary>
    public static JsonObject Expression => new() { ["type"] = "string", ["pattern"] = "\\$\\{\\{" };

    public JsonObject Of(Slot slot) => slot switch
    {
        LazySlot lazy => Of(lazy.Real),
        ShapeSlot step when ReferenceEquals(step, StepGrammar.Step) => Ref("step"),
        ShapeSlot shape => Shape(shape.Shape().Keys),
        ListSlot list when ReferenceEquals(list, StepGrammar.Steps) => Shared("steps", () => List(list)),
        NamesSlot names when ReferenceEquals(names, PlaybookGrammar.Inputs) => Shared("inputs", () => Names(names)),
        ListSlot list => List(list),
        NamesSlot names => Names(names),
        EitherSlot either => new JsonObject { ["anyOf"] = new JsonArray([.. either.All.Select(Of)]) },
        TextSlot { Form: { } form } => new JsonObject { ["type"] = "string", ["pattern"] = $"^(?:{form.Pattern})$" },
        TextSlot => new JsonObject { ["type"] = "string" },
        WordSlot words => new JsonObject { ["enum"] = new JsonArray([.. words.Words.Select(word => JsonValue.Create(word))]) },
        IntegerSlot integer => new JsonObject { ["type"] = "integer", ["minimum"] = integer.Min, ["maximum"] = integer.Max },
        BooleanSlot => new JsonObject { ["type"] = "boolean" },
        DurationSlot => new JsonObject { ["type"] = "string", ["pattern"] = Forms.Pattern("duration") },
        BareSlot => new JsonObject { ["type"] = new JsonArray("string", "boolean", "number") },
        _ => [],
    };

    /// <summary>A map with fixed keys.</summary>
    public JsonObject Shape(IEnumerable<Key> keys)
    {
        var all = keys.ToList();
        var properties = new JsonObject();
        foreach (var key in all)
        {
            properties[key.Name] = Described(key);
        }

        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
        if (all.Where(key => key.Required).Select(key => JsonValue.Create(key.Name)).ToArray() is { Length: > 0 } required)
        {
            schema["required"] = new JsonArray([.. required]);
        }

        return schema;
    }

    /// <summary>A key's schema with its sentence. Beside a reference draft 7 reads nothing, so that goes inside.</summary>
    public JsonObject Described(Key key)
    {
        var schema = Of(key.Slot);
        if (schema.ContainsKey("$ref"))
        {
            schema = new JsonObject { ["allOf"] = new JsonArray(schema) };
        }

        schema["description"] = key.About;
        return schema;
    }

    public static JsonObject Ref(string name) => new() { ["$ref"] = "#/definitions/" + name };

    private JsonObject Shared(string name, Func<JsonObject> make)
    {
        if (!definitions.ContainsKey(name))
        {
            definitions[name] = new JsonObject();
            definitions[name] = make();
        }

        return Ref(name);
    }

    private JsonObject List(ListSlot list)
    {
        var schema = new JsonObject { ["type"] = "array", ["items"] = Of(list.Item) };
        if (!list.MayBeEmpty)
        {
            schema["minItems"] = 1;
        }

        return schema;
    }

    private JsonObject Names(NamesSlot names)
    {
        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = Of(names.Item) };
        if (names.Form is { } form)
        {
            schema["propertyNames"] = new JsonObject { ["pattern"] = $"^(?:{form.Pattern})$" };
        }

        if (!names.MayBeEmpty)
        {
            schema["minProperties"] = 1;
        }

        return schema;
    }
}
