using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Responder.Engine.Alerts;

/// <summary>Reads what a mapping's query found into the types of the normal form. Senders write one thing in many shapes: numbers as text or hexadecimal, a list where one is meant, <c>-</c> for nothing.</summary>
internal static partial class Values
{
    public static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Present(value.GetString()!),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Array => value.EnumerateArray().Select(Text).FirstOrDefault(one => one is not null),
        _ => null,
    };

    public static string? Present(string? text) =>
        string.IsNullOrWhiteSpace(text) || text.AsSpan().Trim() is "-" or "N/A" or "n/a" or "(null)" or "null" or "NOT_TRANSLATED" or "%%1843" ? null : text;

    public static long? Number(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number)
        {
            return value.TryGetInt64(out var whole) ? whole : value.TryGetDecimal(out var real) && Math.Abs(real) < long.MaxValue ? (long)Math.Round(real) : null;
        }

        if (Text(value)?.Trim() is not { } text)
        {
            return null;
        }

        return text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) && hex >= 0 ? hex : null
            : decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < long.MaxValue
                ? (long)Math.Round(number) : null;
    }

    public static bool Truth(JsonElement value) => value.ValueKind == JsonValueKind.True
        || (value.ValueKind == JsonValueKind.String && value.GetString() is "true" or "True" or "TRUE" or "1");

    /// <summary>SHA-256 out of a plain value, Sysmon's <c>SHA1=…,SHA256=…</c>, <c>{sha256: …}</c>, or OCSF's list of hashes.</summary>
    public static string? Sha256(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Hash256().Match(value.GetString()!) is { Success: true } match ? match.Value.ToLowerInvariant() : null,
        JsonValueKind.Array => value.EnumerateArray().Select(Sha256).FirstOrDefault(one => one is not null),
        JsonValueKind.Object => value.EnumerateObject().Select(member => Sha256(member.Value)).FirstOrDefault(one => one is not null),
        _ => null,
    };

    /// <summary>Every ATT&amp;CK technique id in a value, whatever it is inside: <c>T1059.001</c>, <c>attack.t1059.001</c>.</summary>
    public static IEnumerable<string> Techniques(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Technique().Matches(value.GetString()!).Select(match => match.Value.ToUpperInvariant()),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Techniques),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Techniques(member.Value)),
        _ => [],
    };

    /// <summary>The items of a list; one value is a list of one, nothing is none.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Items),
        JsonValueKind.Null or JsonValueKind.Undefined => [],
        _ => [value],
    };

    /// <summary>A member of an object; null's default where there is none.</summary>
    public static JsonElement Member(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) ? member : default;

    [GeneratedRegex("(?<![0-9A-Fa-f])[0-9A-Fa-f]{64}(?![0-9A-Fa-f])")]
    private static partial Regex Hash256();

    [GeneratedRegex(@"(?<![A-Za-z0-9_])[Tt]\d{4}(?:\.\d{3})?(?![A-Za-z0-9_])")]
    private static partial Regex Technique();
}
