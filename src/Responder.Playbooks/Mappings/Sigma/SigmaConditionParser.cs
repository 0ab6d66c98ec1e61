using System.Text.RegularExpressions;

namespace Responder.Playbooks.Mappings.Sigma;

/// <summary>Parses <c>condition</c>: <c>and</c>, <c>or</c>, <c>not</c>, brackets, <c>1 of x_*</c>, <c>all of them</c>.</summary>
internal sealed partial class SigmaConditionParser
{
    private const int Deepest = 50;
    private readonly IReadOnlyDictionary<string, SigmaCondition> _selections;
    private readonly List<string> _words;
    private int _at;
    private int _depth;

    private SigmaConditionParser(string text, IReadOnlyDictionary<string, SigmaCondition> selections)
    {
        _selections = selections;
        _words = [.. Word().Matches(text).Select(match => match.Value)];
    }

    /// <exception cref="FormatException">It does not parse.</exception>
    public static SigmaCondition Parse(string text, IReadOnlyDictionary<string, SigmaCondition> selections)
    {
        if (text.Contains('|', StringComparison.Ordinal))
        {
            throw new FormatException("Aggregations in a condition (`| count() …`) are not Sigma's any more; use `counts` of a mapping file.");
        }

        var parser = new SigmaConditionParser(text, selections);
        var condition = parser.Either();
        return parser._at == parser._words.Count ? condition : throw new FormatException($"`{parser._words[parser._at]}` is not expected in the condition.");
    }

    private SigmaCondition Either()
    {
        if (++_depth > Deepest)
        {
            throw new FormatException("The condition is nested too deep.");
        }

        List<SigmaCondition> parts = [Both()];
        while (Take("or"))
        {
            parts.Add(Both());
        }

        _depth--;
        return parts.Count == 1 ? parts[0] : new SigmaCondition.Some(parts, 1);
    }

    private SigmaCondition Both()
    {
        List<SigmaCondition> parts = [Term()];
        while (Take("and"))
        {
            parts.Add(Term());
        }

        return parts.Count == 1 ? parts[0] : new SigmaCondition.Some(parts, parts.Count);
    }

    private SigmaCondition Term()
    {
        var not = 0;
        while (Take("not"))
        {
            not++;
        }

        var term = Atom();
        return not % 2 == 1 ? new SigmaCondition.Not(term) : term;
    }

    private SigmaCondition Atom()
    {
        if (_at >= _words.Count)
        {
            throw new FormatException("The condition ends too early.");
        }

        var word = _words[_at++];
        if (word == "(")
        {
            var inner = Either();
            return Take(")") ? inner : throw new FormatException("A bracket of the condition is not closed.");
        }

        if (_at < _words.Count && _words[_at].Equals("of", StringComparison.OrdinalIgnoreCase))
        {
            _at++;
            return Of(word, _at < _words.Count ? _words[_at++] : throw new FormatException("`of` needs a name."));
        }

        return _selections.TryGetValue(word, out var selection) ? selection : throw new FormatException($"The condition names `{word}`, and there is no such selection.");
    }

    private SigmaCondition.Some Of(string quantity, string name)
    {
        // What begins with `_` is not one of `them`.
        var found = _selections.Where(one => name == "them" ? !one.Key.StartsWith('_') : Fits(one.Key, name)).Select(one => one.Value).ToList();
        if (found.Count == 0)
        {
            throw new FormatException($"`of {name}` names no selection.");
        }

        return quantity.ToLowerInvariant() switch
        {
            "all" => new SigmaCondition.Some(found, found.Count),
            "any" => new SigmaCondition.Some(found, 1),
            var number when int.TryParse(number, out var least) && least > 0 => new SigmaCondition.Some(found, least),
            _ => throw new FormatException($"`{quantity} of` is not understood; `1 of`, `any of` and `all of` are."),
        };
    }

    private static bool Fits(string name, string pattern) => SigmaPattern.Parse(pattern, cased: true).Matches(name);

    private bool Take(string word)
    {
        if (_at < _words.Count && _words[_at].Equals(word, StringComparison.OrdinalIgnoreCase))
        {
            _at++;
            return true;
        }

        return false;
    }

    [GeneratedRegex(@"[()]|[^\s()]+")]
    private static partial Regex Word();
}
