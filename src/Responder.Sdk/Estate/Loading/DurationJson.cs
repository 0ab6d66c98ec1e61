using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Responder.Sdk.Estate;

/// <summary>A duration as a playbook writes it: <c>500ms</c>, <c>90s</c>, <c>10m</c>, <c>8h</c>, <c>7d</c>.</summary>
internal sealed class DurationJson : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : string.Empty;
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        return digits > 0 && int.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? text[digits..] switch
            {
                "ms" => TimeSpan.FromMilliseconds(number),
                "s" => TimeSpan.FromSeconds(number),
                "m" => TimeSpan.FromMinutes(number),
                "h" => TimeSpan.FromHours(number),
                "d" => TimeSpan.FromDays(number),
                _ => throw Wrong(),
            }
            : throw Wrong();
    }

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"{(long)value.TotalMilliseconds}ms"));

    private static JsonException Wrong() => new("a duration is a number and a unit: 500ms, 90s, 10m, 8h, 7d.");
}
