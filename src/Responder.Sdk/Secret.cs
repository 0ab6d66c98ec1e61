using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Responder.Sdk;

/// <summary>A secret of a connection: cannot be formatted, logged or serialised. Bound from configuration as plain text.</summary>
[TypeConverter(typeof(FromText))]
[JsonConverter(typeof(Refuses))]
public sealed class Secret
{
    private readonly string _value;

    /// <summary>Wraps a secret.</summary>
    /// <param name="value">The secret.</param>
    public Secret(string value) => _value = value;

    /// <summary>True where nothing was set.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(_value);

    /// <summary>The secret itself, for the wire and for nothing else.</summary>
    public string Reveal() => _value;

    /// <summary>Never the secret.</summary>
    public override string ToString() => "***";

    private sealed class FromText : TypeConverter
    {
        public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string);

        public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) => new Secret((string)value);
    }

    private sealed class Refuses : JsonConverter<Secret>
    {
        public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("A secret is not read from JSON; it comes from configuration.");

        public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) =>
            throw new NotSupportedException("A secret is never serialised.");
    }
}
