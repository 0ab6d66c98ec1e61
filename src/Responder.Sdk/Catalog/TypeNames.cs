using System.Collections;
using System.Text.Json;

namespace Responder.Sdk.Catalog;

/// <summary>Types as a playbook's author calls them.</summary>
internal static class TypeNames
{
    public static string Of(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            _ when type == typeof(string) => "string",
            _ when type == typeof(bool) => "boolean",
            _ when type == typeof(int) || type == typeof(long) => "integer",
            _ when type == typeof(double) || type == typeof(decimal) => "number",
            _ when type == typeof(DateTimeOffset) => "time",
            _ when type == typeof(Template) => "template",
            _ when type == typeof(ArtifactRef) => "artifact",
            _ when type == typeof(JsonElement) => "any",
            _ when type.IsEnum => "string",
            _ when ItemOf(type) is { } item => $"list of {Of(item)}",
            _ => "object",
        };
    }

    /// <summary>The item's type where the type is a list.</summary>
    public static Type? ItemOf(Type type) =>
        type != typeof(string) && type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type) && type.GetGenericArguments() is [var item] ? item : null;
}
