using System.Text.Json.Nodes;

namespace Responder.Playbooks.Rules.Scoping;

/// <summary>What is known of a value's fields: enough to say that a name does not exist.</summary>
internal sealed class FieldType
{
    /// <summary>Nothing is known; everything is allowed.</summary>
    public static readonly FieldType Any = new();

    /// <summary>Text, a number, true or false.</summary>
    public static readonly FieldType Scalar = new() { IsScalar = true };

    private Lazy<FieldType>? _item;

    public bool IsScalar { get; private init; }

    /// <summary>The fields of an object; null where it is none or they are not known.</summary>
    public IReadOnlyDictionary<string, FieldType>? Fields { get; private init; }

    /// <summary>The items of a list; null where it is none.</summary>
    public FieldType? Item => _item?.Value;

    public static FieldType Object(IReadOnlyDictionary<string, FieldType> fields) => new() { Fields = fields };

    public static FieldType Object(params string[] scalars) => Object(scalars.ToDictionary(name => name, _ => Scalar));

    public static FieldType List(FieldType item) => new() { _item = new(item) };

    /// <summary>By a JSON Schema, as an action's fields have it.</summary>
    public static FieldType Of(JsonNode? schema) => schema switch
    {
        JsonObject body when body["properties"] is JsonObject properties => Object(properties.ToDictionary(one => one.Key, one => Of(one.Value))),
        JsonObject body when body["items"] is { } items => List(Of(items)),
        JsonObject body when body["additionalProperties"] is null && body["$ref"] is null && Types(body["type"]) is var types && types.Length > 0
            && types.All(type => type is "string" or "integer" or "number" or "boolean" or "null") => Scalar,
        _ => Any,
    };

    /// <summary>The first name of a path that does not exist; null where all may.</summary>
    /// <param name="path">The names.</param>
    /// <param name="from">The first that is read of this type.</param>
    public UnknownField? Find(IReadOnlyList<string> path, int from)
    {
        var type = this;
        for (var index = from; index < path.Count; index++)
        {
            var name = path[index];
            if (type.Fields is { } fields)
            {
                if (!fields.TryGetValue(name, out type!))
                {
                    return new UnknownField(index, $"`{string.Join('.', path.Take(index))}` has no field `{name}`", [.. fields.Keys]);
                }
            }
            else if (type.Item is { } item)
            {
                if (name != "length" && !name.All(char.IsAsciiDigit))
                {
                    return new UnknownField(index, $"`{string.Join('.', path.Take(index))}` is a list and has no field `{name}`; pick an item, [0], or use .map(…)", []);
                }

                type = name == "length" ? Scalar : item;
            }
            else if (type.IsScalar && name != "length" && !name.All(char.IsAsciiDigit))
            {
                return new UnknownField(index, $"`{string.Join('.', path.Take(index))}` is no object and has no field `{name}`", []);
            }
            else if (!type.IsScalar)
            {
                return null;
            }
        }

        return null;
    }

    private static string[] Types(JsonNode? type) => type switch
    {
        JsonValue one => [one.GetValue<string>()],
        JsonArray many => [.. many.Select(one => one!.GetValue<string>())],
        _ => [],
    };
}

/// <summary>A name of a path that does not exist.</summary>
internal sealed record UnknownField(int Index, string Message, IReadOnlyList<string> Known);
