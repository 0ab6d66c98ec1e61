using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace Responder.Sdk.Catalog;

/// <summary>A field of an action or of its result.</summary>
public sealed class FieldDescriptor
{
    private readonly Lazy<JsonNode> _schema;
    private readonly Lazy<string> _about;

    private FieldDescriptor(Type owner, PropertyInfo property, bool nullable)
    {
        Name = JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
        Type = property.PropertyType;
        Target = property.GetCustomAttribute<TargetAttribute>()?.Kind;
        Form = property.GetCustomAttribute<FormAttribute>()?.Form;
        Language = property.GetCustomAttribute<LanguageAttribute>()?.Language;
        _schema = new(() => SchemaOf(property.PropertyType, nullable));
        _about = new(() => XmlComments.Parameter(owner, property.Name));
    }

    /// <summary>Its name in a playbook, snake_case.</summary>
    public string Name { get; }

    /// <summary>Its JSON Schema.</summary>
    public JsonNode Schema => _schema.Value;

    /// <summary>True where it must be given, or is always there.</summary>
    public bool Required { get; private init; }

    /// <summary>One sentence, from the comment.</summary>
    public string About => _about.Value;

    /// <summary>What kind of thing it names, where it names what is acted on.</summary>
    public TargetKind? Target { get; }

    /// <summary>The checked form it must have.</summary>
    public string? Form { get; }

    /// <summary>The other language that its text is in: its type is <see cref="Template"/>.</summary>
    public string? Language { get; }

    /// <summary>Its type here.</summary>
    public Type Type { get; }

    /// <summary>For people: <c>string</c>, <c>integer</c>, <c>list of string</c>, <c>template</c>.</summary>
    public string TypeName => TypeNames.Of(Type);

    /// <summary>The fields of a record, in its order.</summary>
    internal static IReadOnlyList<FieldDescriptor> Of(Type type, bool inputs)
    {
        var parameters = type.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)!.GetParameters();
        var nullability = new NullabilityInfoContext();
        return [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.Name != "EqualityContract")
            .Select(property =>
            {
                var parameter = parameters.FirstOrDefault(candidate => candidate.Name == property.Name);
                var nullable = nullability.Create(property).ReadState == NullabilityState.Nullable;
                return new FieldDescriptor(type, property, nullable) { Required = inputs ? parameter is { HasDefaultValue: false } : !nullable };
            })];
    }

    private static JsonNode SchemaOf(Type type, bool nullable)
    {
        var schema = type == typeof(Template)
            ? new JsonObject { ["type"] = "string" }
            : Json.Options.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true });
        if (nullable && schema is JsonObject body && body["type"] is JsonValue single)
        {
            body["type"] = new JsonArray(single.GetValue<string>(), "null");
        }

        return schema;
    }
}
