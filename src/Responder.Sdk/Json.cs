using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Responder.Sdk;

/// <summary>JSON as it is everywhere here: snake_case, enums as snake_case text, UTF-8 not escaped, times RFC 3339 in UTC with milliseconds.</summary>
public static class Json
{
    /// <summary>The one set of options.</summary>
    public static JsonSerializerOptions Options { get; } = Make();

    /// <summary>A time as text: RFC 3339 in UTC with milliseconds, so that text compares as time does.</summary>
    /// <param name="time">The time.</param>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>An enum's word as JSON has it: snake_case.</summary>
    /// <param name="value">The value.</param>
    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DictionaryKeyPolicy = null,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        options.Converters.Add(new TimeJson());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed class TimeJson : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(Time(value));
    }
}
