using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Responder.Playbooks.Mappings.Sigma;

/// <summary>One line of a selection: a field, its modifiers, its values.</summary>
internal sealed class SigmaField
{
    private static readonly TimeSpan RegexTime = TimeSpan.FromMilliseconds(100);
    private static readonly Regex Dash = new(@"\B[-/]\b", RegexOptions.CultureInvariant, RegexTime);
    private readonly string? _name;
    private readonly bool _all;
    private readonly List<Func<SigmaEvent, string?, bool>> _values;

    private SigmaField(string? name, bool all, List<Func<SigmaEvent, string?, bool>> values) => (_name, _all, _values) = (name, all, values);

    /// <summary>Compiles it.</summary>
    /// <exception cref="FormatException">A modifier is not known, or a value is none for it.</exception>
    public static SigmaField Compile(string key, IReadOnlyList<string?> values)
    {
        var parts = key.Split('|');
        var modifiers = parts[1..];
        if (modifiers.FirstOrDefault(one => !Known.Contains(one)) is { } unknown)
        {
            throw new FormatException($"`{unknown}` is no modifier that is known here.");
        }

        var all = modifiers.Contains("all");
        return new SigmaField(parts[0].Length == 0 ? null : parts[0], all, [.. values.Select(value => Value(value, [.. modifiers.Where(one => one != "all")]))]);
    }

    /// <summary>A keyword: a value anywhere in the event.</summary>
    public static SigmaField Keywords(IReadOnlyList<string?> values) => new(null, false, [.. values.Select(value => Value(value, ["contains"]))]);

    public bool IsTrue(SigmaEvent @event)
    {
        if (_name is null)
        {
            return _all
                ? _values.TrueForAll(one => @event.Values.Any(text => one(@event, text)))
                : _values.Exists(one => @event.Values.Any(text => one(@event, text)));
        }

        var value = @event.Field(_name);
        return _all ? _values.TrueForAll(one => one(@event, value)) : _values.Exists(one => one(@event, value));
    }

    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "contains", "startswith", "endswith", "all", "re", "i", "m", "s", "cased", "windash", "base64", "base64offset", "wide", "utf16le", "utf16", "utf16be", "cidr",
        "lt", "lte", "gt", "gte", "exists", "fieldref", "neq",
    };

    private static Func<SigmaEvent, string?, bool> Value(string? value, string[] modifiers)
    {
        var test = Positive(value, modifiers);
        return modifiers.Contains("neq") ? (e, text) => !test(e, text) : test;
    }

    private static Func<SigmaEvent, string?, bool> Positive(string? value, string[] modifiers)
    {
        if (modifiers.Contains("exists"))
        {
            return value == "true" ? (_, text) => text is not null : (_, text) => text is null;
        }

        if (value is null)
        {
            return (_, text) => string.IsNullOrEmpty(text);
        }

        if (modifiers.Contains("fieldref"))
        {
            return (e, text) => text is not null && e.Field(value) is { } other && Placed(modifiers, text, other);
        }

        if (modifiers.Contains("re"))
        {
            return Expression(value, modifiers);
        }

        if (modifiers.Contains("cidr"))
        {
            return IPNetwork.TryParse(value, out var network)
                ? (_, text) => IPAddress.TryParse(text, out var address) && network.Contains(address)
                : throw new FormatException($"`{value}` is no network.");
        }

        if (modifiers.FirstOrDefault(one => one is "lt" or "lte" or "gt" or "gte") is { } compare)
        {
            return Number(value) is { } number
                ? (_, text) => Number(text) is { } found && compare switch { "lt" => found < number, "lte" => found <= number, "gt" => found > number, _ => found >= number }
                : throw new FormatException($"`{value}` is no number.");
        }

        var patterns = Encoded(value, modifiers).SelectMany(one => modifiers.Contains("windash") ? Dashes(one) : [one])
            .Select(one => SigmaPattern.Parse(
                one, modifiers.Contains("cased") || modifiers.Any(name => name.StartsWith("base64", StringComparison.Ordinal)),
                modifiers.Contains("contains") || modifiers.Contains("endswith") || modifiers.Contains("base64offset"),
                modifiers.Contains("contains") || modifiers.Contains("startswith") || modifiers.Contains("base64offset")))
            .ToList();
        return (_, text) => text is null ? value.Length == 0 : patterns.Exists(one => one.Matches(text));
    }

    private static bool Placed(string[] modifiers, string text, string other) =>
        modifiers.Contains("contains") ? text.Contains(other, StringComparison.OrdinalIgnoreCase)
        : modifiers.Contains("startswith") ? text.StartsWith(other, StringComparison.OrdinalIgnoreCase)
        : modifiers.Contains("endswith") ? text.EndsWith(other, StringComparison.OrdinalIgnoreCase)
        : text.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static Func<SigmaEvent, string?, bool> Expression(string value, string[] modifiers)
    {
        var options = RegexOptions.CultureInvariant
            | (modifiers.Contains("i") ? RegexOptions.IgnoreCase : 0) | (modifiers.Contains("m") ? RegexOptions.Multiline : 0) | (modifiers.Contains("s") ? RegexOptions.Singleline : 0);
        Regex regex;
        try
        {
            regex = new Regex(value, options, RegexTime);
        }
        catch (ArgumentException error)
        {
            throw new FormatException($"`{value}` is no regular expression: {error.Message}", error);
        }

        return (_, text) =>
        {
            try
            {
                return text is not null && regex.IsMatch(text);
            }
            catch (RegexMatchTimeoutException)
            {
                return false;
            }
        };
    }

    private static IEnumerable<string> Dashes(string value) => "-/\u2013\u2014\u2015".Select(dash => Dash.Replace(value, dash.ToString())).Append(value).Distinct();

    private static IEnumerable<string> Encoded(string value, string[] modifiers)
    {
        var bytes = modifiers.Contains("wide") || modifiers.Contains("utf16le") ? Encoding.Unicode.GetBytes(value)
            : modifiers.Contains("utf16be") ? Encoding.BigEndianUnicode.GetBytes(value)
            : modifiers.Contains("utf16") ? [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(value)]
            : Encoding.UTF8.GetBytes(value);
        if (modifiers.Contains("base64"))
        {
            return [Convert.ToBase64String(bytes)];
        }

        // Where the text begins inside three bytes changes its letters: all three, without the letters that its neighbours share.
        return modifiers.Contains("base64offset")
            ? Enumerable.Range(0, 3).Select(offset =>
            {
                var text = Convert.ToBase64String([.. new byte[offset], .. bytes]);
                var end = text.Length - (((bytes.Length + offset) % 3) switch { 0 => 0, 1 => 3, _ => 2 });
                return text[(offset == 0 ? 0 : offset + 1)..end];
            })
            : [value];
    }

    private static decimal? Number(string? text) => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;
}
