using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Responder.Playbooks.Language.Yaml;

/// <summary>What a plain scalar is.</summary>
internal enum ScalarKind
{
    Text,
    Null,
    Boolean,
    Integer,
    Number,
}

/// <summary>YAML 1.2's core schema: <c>on</c>, <c>yes</c>, <c>no</c> are text; <c>true</c>, <c>12</c>, <c>0x1F</c>, <c>1.5</c>, <c>null</c> are not.</summary>
internal static partial class Scalars
{
    public static ScalarKind KindOf(string text)
    {
        if (text.Length == 0)
        {
            return ScalarKind.Null;
        }

        return text switch
        {
            "~" or "null" or "Null" or "NULL" => ScalarKind.Null,
            "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => ScalarKind.Boolean,
            _ when !(char.IsAsciiDigit(text[0]) || text[0] is '-' or '+' or '.') => ScalarKind.Text,
            _ when Integer().IsMatch(text) => ScalarKind.Integer,
            _ when Number().IsMatch(text) => ScalarKind.Number,
            _ => ScalarKind.Text,
        };
    }

    /// <summary>A scalar's value as JSON. An integer too large for 64 bits, and <c>.inf</c>, which JSON lacks, stay text.</summary>
    public static JsonElement ToJson(YamlText node) => node.Kind switch
    {
        ScalarKind.Null => JsonSerializer.SerializeToElement<string?>(null),
        ScalarKind.Boolean => JsonSerializer.SerializeToElement(node.Value[0] is 't' or 'T'),
        ScalarKind.Integer when TryInteger(node.Value, out var integer) => JsonSerializer.SerializeToElement(integer),
        ScalarKind.Number when double.TryParse(node.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            => JsonSerializer.SerializeToElement(number),
        _ => JsonSerializer.SerializeToElement(node.Value),
    };

    /// <summary>Any node's value as JSON; a key that repeats counts once, the first.</summary>
    public static JsonElement ToJson(YamlNode node) => node switch
    {
        YamlText text => ToJson(text),
        YamlList list => JsonSerializer.SerializeToElement(list.Items.Select(ToJson)),
        YamlMap map => JsonSerializer.SerializeToElement(map.Pairs.DistinctBy(pair => pair.Key.Value).ToDictionary(pair => pair.Key.Value, pair => ToJson(pair.Value))),
        _ => default,
    };

    public static bool TryInteger(string text, out long value)
    {
        if (text.StartsWith("0x", StringComparison.Ordinal))
        {
            return long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value) && value >= 0;
        }

        if (text.StartsWith("0o", StringComparison.Ordinal))
        {
            value = 0;
            foreach (var digit in text.AsSpan(2))
            {
                if (value > (long.MaxValue >> 3))
                {
                    return false;
                }

                value = (value << 3) + (digit - '0');
            }

            return true;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    [GeneratedRegex(@"\A([-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)\z")]
    private static partial Regex Integer();

    [GeneratedRegex(@"\A([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z")]
    private static partial Regex Number();
}
