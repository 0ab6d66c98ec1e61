using System.Text.Json.Nodes;
using Responder.Playbooks.Language.Grammar;
using Responder.Sdk.Catalog;

namespace Responder.Playbooks.Schema;

/// <summary>A step: the keys of all kinds, one kind at a time, and each action's own <c>with</c>.</summary>
internal sealed class StepSchemas(SlotSchemas slots, ActionCatalog catalog, JsonObject definitions)
{
    public JsonObject Of()
    {
        var schema = slots.Shape(StepGrammar.Step.Shape().Keys.Select(key => key with { Required = false }));
        schema["properties"]!["uses"] = Uses();
        schema["oneOf"] = new JsonArray([.. StepGrammar.Kinds.Select(OneKind)]);
        schema["allOf"] = new JsonArray([.. StepGrammar.Kinds.Select(Keys), .. catalog.All.Select(With)]);
        return schema;
    }

    private JsonObject Uses() => new()
    {
        ["description"] = StepGrammar.Shapes["uses"].Find("uses")!.About,
        ["oneOf"] = new JsonArray([.. catalog.All.Select(action => new JsonObject { ["enum"] = new JsonArray(action.Name), ["description"] = $"{action.About} Effect: {action.Effect.ToString().ToLowerInvariant()}." })]),
    };

    // Beside `uses` an approval is a gate and makes no kind.
    private static JsonObject OneKind(string kind) => kind == "approval"
        ? new JsonObject { ["required"] = new JsonArray("approval"), ["not"] = new JsonObject { ["required"] = new JsonArray("uses") } }
        : new JsonObject { ["required"] = new JsonArray(kind) };

    private static JsonObject Keys(string kind)
    {
        var keys = StepGrammar.Shapes[kind].Keys;
        var when = OneKind(kind);
        var then = new JsonObject { ["propertyNames"] = new JsonObject { ["enum"] = new JsonArray([.. keys.Select(key => JsonValue.Create(key.Name))]) } };
        if (keys.Where(key => key.Required).Select(key => JsonValue.Create(key.Name)).ToArray() is { Length: > 1 } required)
        {
            then["required"] = new JsonArray([.. required]);
        }

        return new JsonObject { ["if"] = when, ["then"] = then };
    }

    private JsonObject With(ActionDescriptor action)
    {
        var name = "with." + action.Name;
        definitions[name] = Inputs(action);
        var then = new JsonObject { ["properties"] = new JsonObject { ["with"] = SlotSchemas.Ref(name) } };
        if (action.Inputs.Any(input => input.Required))
        {
            then["required"] = new JsonArray("with");
        }

        return new JsonObject
        {
            ["if"] = new JsonObject { ["properties"] = new JsonObject { ["uses"] = new JsonObject { ["enum"] = new JsonArray(action.Name) } }, ["required"] = new JsonArray("uses") },
            ["then"] = then,
        };
    }

    private static JsonObject Inputs(ActionDescriptor action)
    {
        var properties = new JsonObject();
        foreach (var input in action.Inputs)
        {
            properties[input.Name] = FieldSchemas.Of(input);
        }

        var schema = new JsonObject { ["type"] = "object", ["description"] = action.About, ["additionalProperties"] = false, ["properties"] = properties };
        if (action.Inputs.Where(input => input.Required).Select(input => JsonValue.Create(input.Name)).ToArray() is { Length: > 0 } required)
        {
            schema["required"] = new JsonArray([.. required]);
        }

        return schema;
    }
}
