using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Responder.Sdk;

/// <summary>
/// A text in another language (SPL, JQL, FQL, a script, a URL path, Markdown, HTML), the text and the values of its <c>${{ }}</c> apart,
/// so that the connector quotes each value for that language. Alert text reaches a query only this way.
/// </summary>
/// <param name="Parts">Text and values in order.</param>
[JsonConverter(typeof(TemplateJson))]
public sealed record Template(IReadOnlyList<TemplatePart> Parts)
{
    /// <summary>A template that is only text.</summary>
    /// <param name="text">The text, written by the playbook's author.</param>
    public static Template Text(string text) => new([new TemplatePart(text, null, false)]);

    /// <summary>Joins text and quoted values.</summary>
    /// <param name="quote">Quotes one value for the target language; gets the value and whether it was written as <c>prefix(…)</c>.</param>
    public string Render(Func<string, bool, string> quote)
    {
        ArgumentNullException.ThrowIfNull(quote);
        var text = new StringBuilder();
        foreach (var part in Parts)
        {
            text.Append(part.Literal ?? quote(part.Value!, part.IsPrefix));
        }

        return text.ToString();
    }

    /// <summary>For people: values between ‹ and ›.</summary>
    public override string ToString() => Render((value, prefix) => prefix ? $"‹{value}›*" : $"‹{value}›");
}

/// <summary>One part of a <see cref="Template"/>: either the author's text or a value.</summary>
/// <param name="Literal">The author's text, or null.</param>
/// <param name="Value">A value as text, or null.</param>
/// <param name="IsPrefix">The value was written as <c>prefix(value)</c>: begins with.</param>
public sealed record TemplatePart(string? Literal, string? Value, bool IsPrefix);

/// <summary>The language of a <see cref="Template"/> field.</summary>
/// <param name="language">For people and the editor: <c>SPL</c>, <c>JQL</c>, <c>URL path</c>, <c>Markdown</c>.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class LanguageAttribute(string language) : Attribute
{
    /// <summary>The language's name.</summary>
    public string Language { get; } = language;
}

/// <summary>A template in JSON: a list of texts and of <c>{"value":…,"prefix":…}</c>; a plain text is a template without values.</summary>
internal sealed class TemplateJson : JsonConverter<Template>
{
    public override Template Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return Template.Text(reader.GetString()!);
        }

        using var document = JsonDocument.ParseValue(ref reader);
        var parts = new List<TemplatePart>();
        foreach (var item in document.RootElement.EnumerateArray())
        {
            parts.Add(item.ValueKind == JsonValueKind.String
                ? new TemplatePart(item.GetString(), null, false)
                : new TemplatePart(null, item.GetProperty("value").GetString(), item.TryGetProperty("prefix", out var prefix) && prefix.GetBoolean()));
        }

        return new Template(parts);
    }

    public override void Write(Utf8JsonWriter writer, Template value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var part in value.Parts)
        {
            if (part.Literal is not null)
            {
                writer.WriteStringValue(part.Literal);
                continue;
            }

            writer.WriteStartObject();
            writer.WriteString("value", part.Value);
            if (part.IsPrefix)
            {
                writer.WriteBoolean("prefix", true);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
