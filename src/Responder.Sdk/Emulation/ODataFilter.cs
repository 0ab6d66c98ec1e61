using System.Globalization;
using System.Text.RegularExpressions;

namespace Responder.Sdk.Emulation;

/// <summary>Reads a field of an entity: its values, of which one must fit. Texts, times and flags.</summary>
/// <param name="path">The field: <c>status</c>, <c>vendor/name</c>.</param>
public delegate IEnumerable<object?> ODataField(string path);

/// <summary>OData's <c>$filter</c> as far as it is used: comparisons, <c>in</c>, <c>startswith</c>, <c>endswith</c>, <c>contains</c>, <c>any</c>, <c>and</c>, <c>or</c>, <c>not</c>.</summary>
public sealed partial class ODataFilter
{
    private readonly List<string> _words;
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private int _at;

    private ODataFilter(List<string> words) => _words = words;

    /// <summary>The test of a filter; null where it is not one.</summary>
    /// <param name="text">The filter; everything fits where it is empty.</param>
    public static Func<ODataField, bool>? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return _ => true;
        }

        if (!string.IsNullOrWhiteSpace(Word().Replace(text, string.Empty)))
        {
            return null;
        }

        try
        {
            var filter = new ODataFilter([.. Word().Matches(text).Select(word => word.Value)]);
            var test = filter.Or();
            return filter._at == filter._words.Count ? test : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private string Peek => _at < _words.Count ? _words[_at] : string.Empty;

    private Func<ODataField, bool> Or()
    {
        var left = And();
        while (Take("or"))
        {
            var (first, second) = (left, And());
            left = field => first(field) || second(field);
        }

        return left;
    }

    private Func<ODataField, bool> And()
    {
        var left = Not();
        while (Take("and"))
        {
            var (first, second) = (left, Not());
            left = field => first(field) && second(field);
        }

        return left;
    }

    private Func<ODataField, bool> Not()
    {
        if (Take("not"))
        {
            var inner = Not();
            return field => !inner(field);
        }

        if (Take("("))
        {
            var inner = Or();
            Need(")");
            return inner;
        }

        var word = Next();
        return word is "startswith" or "endswith" or "contains" ? Function(word)
            : word.EndsWith("/any", StringComparison.Ordinal) ? Any(word[..^4])
            : Comparison(Path(word));
    }

    private Func<ODataField, bool> Function(string name)
    {
        Need("(");
        var path = Path(Next());
        Need(",");
        var wanted = Literal(Next());
        Need(")");
        return field => field(path).OfType<string>().Any(value => name switch
        {
            "startswith" => value.StartsWith(wanted, StringComparison.OrdinalIgnoreCase),
            "endswith" => value.EndsWith(wanted, StringComparison.OrdinalIgnoreCase),
            _ => value.Contains(wanted, StringComparison.OrdinalIgnoreCase),
        });
    }

    private Func<ODataField, bool> Any(string collection)
    {
        Need("(");
        var variable = Next();
        Need(":");
        _variables[variable] = collection;
        var inner = Or();
        _variables.Remove(variable);
        Need(")");
        return inner;
    }

    private Func<ODataField, bool> Comparison(string path)
    {
        var operation = Next();
        if (operation == "in")
        {
            var wanted = new List<string>();
            Need("(");
            do
            {
                wanted.Add(Literal(Next()));
            }
            while (Take(","));
            Need(")");
            return field => field(path).Any(value => wanted.Any(one => Compare(value, one) == 0));
        }

        var literal = Next();
        var text = Literal(literal);
        return operation switch
        {
            "eq" when literal == "null" => field => field(path).All(value => value is null),
            "ne" when literal == "null" => field => field(path).Any(value => value is not null),
            "eq" => field => field(path).Any(value => Compare(value, text) == 0),
            "ne" => field => field(path).All(value => Compare(value, text) != 0),
            "gt" => field => field(path).Any(value => Compare(value, text) > 0),
            "ge" => field => field(path).Any(value => Compare(value, text) >= 0),
            "lt" => field => field(path).Any(value => Compare(value, text) < 0),
            "le" => field => field(path).Any(value => Compare(value, text) <= 0),
            _ => throw new FormatException(operation),
        };
    }

    /// <summary>Null where the two can't be compared.</summary>
    private static int? Compare(object? value, string literal) => value switch
    {
        string text => string.Compare(text, literal, StringComparison.OrdinalIgnoreCase),
        DateTimeOffset time => DateTimeOffset.TryParse(literal, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var other) ? time.CompareTo(other) : null,
        bool flag => bool.TryParse(literal, out var other) ? flag.CompareTo(other) : null,
        _ => null,
    };

    private string Path(string word)
    {
        var slash = word.IndexOf('/', StringComparison.Ordinal);
        return _variables.TryGetValue(slash < 0 ? word : word[..slash], out var collection) ? slash < 0 ? collection : collection + word[slash..] : word;
    }

    private static string Literal(string word) => word is "" or "(" or ")" or "," ? throw new FormatException("a value is missing")
        : word.StartsWith('\'') ? word[1..^1].Replace("''", "'", StringComparison.Ordinal) : word;

    private string Next() => _at < _words.Count ? _words[_at++] : throw new FormatException("more is expected");

    private bool Take(string word)
    {
        var there = Peek == word;
        _at += there ? 1 : 0;
        return there;
    }

    private void Need(string word)
    {
        if (!Take(word))
        {
            throw new FormatException(word);
        }
    }

    [GeneratedRegex(@"'(?:[^']|'')*'|[0-9][\w.:+-]*|[A-Za-z_@$][\w@$/.-]*|[(),:]")]
    private static partial Regex Word();
}
