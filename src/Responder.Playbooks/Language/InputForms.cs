using System.Text.Json;
using System.Text.RegularExpressions;

namespace Responder.Playbooks.Language;

/// <summary>Checks a value against the definition of an input or of a field of a gate's form: at load for constants, at a run's start, and when people answer.</summary>
public static class InputForms
{
    private static readonly TimeSpan PatternTime = TimeSpan.FromMilliseconds(200);

    /// <summary>The base types, checked forms among them.</summary>
    public static IReadOnlyList<string> Types { get; } = ["string", "integer", "number", "boolean", "object", .. Forms.Names];

    /// <summary>Says what is wrong with a value.</summary>
    /// <param name="value">The value, after the default.</param>
    /// <param name="definition">What it must be.</param>
    /// <returns>For people: what is wrong and what it takes; null where nothing is.</returns>
    public static string? Check(JsonElement value, InputDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
        {
            return definition.Required ? $"`{definition.Name}` is required and has no value" : null;
        }

        if (!definition.Type.IsList)
        {
            return CheckOne(value, definition, definition.Name);
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            return $"`{definition.Name}` takes a list ({definition.Type}), not {Describe(value)}";
        }

        return value.EnumerateArray()
            .Select((item, index) => CheckOne(item, definition, $"{definition.Name}[{index}]"))
            .FirstOrDefault(problem => problem is not null);
    }

    /// <summary>Says what is wrong with one value of a base type or checked form.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">The base type.</param>
    /// <returns>What it takes; null where it fits.</returns>
    internal static string? Mismatch(JsonElement value, string type) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String ? null : "text",
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _) ? null : "an integer",
        "number" => value.ValueKind == JsonValueKind.Number ? null : "a number",
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "true or false",
        "object" => value.ValueKind == JsonValueKind.Object ? null : "an object",
        _ => value.ValueKind == JsonValueKind.String && Forms.Fits(type, value.GetString()!) ? null : Forms.Describe(type),
    };

    private static string? CheckOne(JsonElement value, InputDefinition definition, string name)
    {
        if (Mismatch(value, definition.Type.Base) is { } takes)
        {
            return $"`{name}` takes {takes}, not {Describe(value)}";
        }

        if (definition.Enum.Count > 0 && !definition.Enum.Any(allowed => JsonElement.DeepEquals(allowed, value)))
        {
            return $"`{name}` must be one of {string.Join(", ", definition.Enum.Select(allowed => allowed.ToString()))}, not {Describe(value)}";
        }

        return definition.Pattern is { } pattern && value.ValueKind == JsonValueKind.String && !Matches(pattern, value.GetString()!)
            ? $"`{name}` does not match its pattern {pattern}"
            : null;
    }

    // The whole text must match. A pattern that takes too long on a hostile text counts as no match.
    private static bool Matches(string pattern, string text)
    {
        try
        {
            return Regex.IsMatch(text, $@"\A(?:{pattern})\z", RegexOptions.CultureInvariant, PatternTime);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => $"'{Shorten(value.GetString()!)}'",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.Null => "null",
        _ => value.ToString(),
    };

    private static string Shorten(string text) => text.Length <= 80 ? text : string.Concat(text.AsSpan(0, 80), "…");
}
