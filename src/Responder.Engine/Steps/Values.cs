using System.Text.Json;
using Responder.Playbooks.Language;
using Responder.Sdk;

namespace Responder.Engine.Steps;

/// <summary>Small helpers on JSON values.</summary>
internal static class Values
{
    public static JsonElement Null { get; } = JsonSerializer.SerializeToElement<object?>(null);

    public static JsonElement EmptyObject { get; } = JsonDocument.Parse("{}").RootElement;

    public static JsonElement Of<T>(T value) => JsonSerializer.SerializeToElement(value, Json.Options);

    public static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => "null",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => $"the text '{Short(value.GetString()!)}'",
        _ => value.GetRawText(),
    };

    public static TimeSpan Duration(JsonElement value, string field) =>
        value.ValueKind == JsonValueKind.String && Durations.TryParse(value.GetString()!, out var duration)
            ? duration
            : throw new ActionFailure(FailureKind.Invalid, $"'{field}' takes a duration such as 90s, 10m, 8h or 7d; this is {Describe(value)}.");

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
