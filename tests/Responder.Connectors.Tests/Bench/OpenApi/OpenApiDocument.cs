using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using NJsonSchema;

namespace Responder.Connectors.Tests.Bench.OpenApi;

/// <summary>A vendor's OpenAPI 3.0 document, as far as calls are held against it: paths, query fields, statuses, bodies.</summary>
public sealed class OpenApiDocument
{
    private const string Components = "#/components/schemas/";
    private readonly JsonObject _schemas;
    private readonly List<Operation> _operations;
    private readonly ConcurrentDictionary<string, Task<JsonSchema>> _compiled = new(StringComparer.Ordinal);

    private OpenApiDocument(JsonObject document)
    {
        _schemas = document["components"]?["schemas"]?.AsObject() ?? [];
        _operations = [.. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()
            .Where(verb => verb.Value is JsonObject && verb.Key is "get" or "post" or "put" or "delete" or "patch")
            .Select(verb => new Operation(verb.Key.ToUpperInvariant(), path.Key.Split('/'), path.Key, verb.Value!.AsObject())))];
    }

    public static OpenApiDocument Parse(string json) => new(JsonNode.Parse(json)!.AsObject());

    /// <summary>The operation that a call belongs to; null where the document has none.</summary>
    public Operation? Find(string method, string path)
    {
        var parts = path.Split('/');
        return _operations.Where(operation => operation.Method == method && operation.Fits(parts)).MinBy(operation => operation.Parts.Count(part => part.StartsWith('{')));
    }

    /// <summary>What is wrong with a body.</summary>
    /// <param name="schema">As the document gives it, beside an operation.</param>
    /// <param name="body">JSON.</param>
    public async Task<IEnumerable<string>> ProblemsAsync(JsonNode schema, string body)
    {
        var compiled = await _compiled.GetOrAdd(schema.ToJsonString(), CompileAsync);
        return compiled.Validate(body).SelectMany(Flat).Select(error => $"{error.Path}: {error.Kind}");
    }

    private static IEnumerable<NJsonSchema.Validation.ValidationError> Flat(NJsonSchema.Validation.ValidationError error) =>
        error is NJsonSchema.Validation.ChildSchemaValidationError child && child.Errors.Any(one => one.Value.Count > 0) ? child.Errors.Values.SelectMany(errors => errors).SelectMany(Flat) : [error];

    /// <summary>The schema with all that it names, as JSON Schema has it: definitions, and null as a type.</summary>
    private async Task<JsonSchema> CompileAsync(string schema)
    {
        var root = JsonNode.Parse(schema)!.AsObject();
        var definitions = new JsonObject();
        var todo = new Queue<string>(Named(root));
        while (todo.TryDequeue(out var name))
        {
            if (!definitions.ContainsKey(name))
            {
                var one = _schemas[name]!.DeepClone();
                definitions[name] = Translated(one);
                foreach (var next in Named(_schemas[name]!))
                {
                    todo.Enqueue(next);
                }
            }
        }

        // A reference has no neighbours in JSON Schema, so the root holds it in an allOf.
        return await JsonSchema.FromJsonAsync(new JsonObject { ["allOf"] = new JsonArray(Translated(root)), ["definitions"] = definitions }.ToJsonString());
    }

    private static IEnumerable<string> Named(JsonNode? node) => node switch
    {
        JsonObject held when held["$ref"] is JsonValue reference => [reference.GetValue<string>()[Components.Length..]],
        JsonObject held => held.SelectMany(one => Named(one.Value)),
        JsonArray list => list.SelectMany(Named),
        _ => [],
    };

    private static JsonNode Translated(JsonNode node)
    {
        switch (node)
        {
            case JsonObject held:
                if (held["$ref"] is JsonValue reference)
                {
                    return new JsonObject { ["$ref"] = reference.GetValue<string>().Replace(Components, "#/definitions/", StringComparison.Ordinal) };
                }

                if (held["nullable"] is JsonValue nullable && nullable.GetValue<bool>() && held["type"] is JsonValue type)
                {
                    held["type"] = new JsonArray(type.GetValue<string>(), "null");
                }

                // Words of OpenAPI that mean nothing to a validator.
                foreach (var word in (string[])["example", "examples", "xml", "description", "nullable", "discriminator", "deprecated"])
                {
                    if (held[word] is not JsonObject { Count: > 0 } || word is not "description")
                    {
                        held.Remove(word);
                    }
                }

                foreach (var (name, value) in held.ToList())
                {
                    held[name] = value is null ? null : Translated(value.DeepClone());
                }

                return held.DeepClone();
            case JsonArray list:
                return new JsonArray([.. list.Select(one => one is null ? null : Translated(one.DeepClone()))]);
            default:
                return node.DeepClone();
        }
    }

    /// <summary>One operation.</summary>
    public sealed record Operation(string Method, string[] Parts, string Path, JsonObject Said)
    {
        public IReadOnlyList<string> Query => [.. (Said["parameters"]?.AsArray() ?? []).Where(one => (string?)one!["in"] == "query").Select(one => (string)one!["name"]!)];

        public JsonNode? Request => Said["requestBody"]?["content"]?["application/json"]?["schema"];

        public bool Answers(int status) => Said["responses"]!.AsObject().ContainsKey(status.ToString(System.Globalization.CultureInfo.InvariantCulture));

        public JsonNode? Response(int status) => Said["responses"]![status.ToString(System.Globalization.CultureInfo.InvariantCulture)]?["content"]?["application/json"]?["schema"];

        internal bool Fits(string[] parts) => parts.Length == Parts.Length && Parts.Zip(parts).All(pair => pair.First == pair.Second || (pair.First.StartsWith('{') && pair.Second.Length > 0));
    }
}
