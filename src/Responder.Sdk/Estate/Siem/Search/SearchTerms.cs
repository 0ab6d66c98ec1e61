namespace Responder.Sdk.Estate;

/// <summary>The terms of a search: <c>field=value</c> with wildcards, <c>field IN (a, b)</c>, comparisons, and words that may be in any field. Case does not matter.</summary>
internal sealed class SearchTerms : Conditions
{
    private SearchTerms(IReadOnlyList<SplWord> words)
        : base(words)
    {
    }

    protected override bool JoinsSideBySide => true;

    public static Func<SearchRow, bool> Parse(IReadOnlyList<SplWord> words) => words.Count == 0 ? _ => true : new SearchTerms(words).Whole();

    protected override Func<SearchRow, bool> One()
    {
        var word = Take("a term");
        if (word.Kind == SplKind.Sign)
        {
            throw SplWords.Wrong($"'{word.Text}' stands where a term should");
        }

        if (Next is { Kind: SplKind.Sign, Text: "=" or "!=" or "<" or "<=" or ">" or ">=" } sign)
        {
            Take("a sign");
            var value = Value();
            return word.Is("earliest") || word.Is("latest")
                ? throw SplWords.Wrong($"'{word.Text}' is a field of the action, not a term: write it under 'with'")
                : Compare(word.Text, sign.Text, value);
        }

        if (Next is { } next && next.Is("IN"))
        {
            Take("IN");
            return In(word.Text);
        }

        var pattern = Wildcard.Of($"*{word.Text}*");
        return row => row.Fields.Values.Any(field => pattern(SearchRow.Text(field)));
    }

    private Func<SearchRow, bool> In(string field)
    {
        TakeSign("(");
        var any = new List<Func<SearchRow, bool>> { Compare(field, "=", Value()) };
        while (Next is { } comma && comma.IsSign(","))
        {
            Take(",");
            any.Add(Compare(field, "=", Value()));
        }

        TakeSign(")");
        return row => any.Any(one => one(row));
    }

    private string Value()
    {
        var value = Take("a value");
        return value.Kind == SplKind.Sign ? throw SplWords.Wrong($"'{value.Text}' stands where a value should") : value.Text;
    }

    private static Func<SearchRow, bool> Compare(string field, string sign, string value)
    {
        if (sign is "=" or "!=")
        {
            var pattern = Wildcard.Of(value);
            var wanted = sign == "=";
            return row => row.Fields.TryGetValue(field, out var have) && pattern(SearchRow.Text(have)) == wanted;
        }

        return row => row.Fields.TryGetValue(field, out var have) && Holds(SearchRow.Compare(have, value, StringComparison.OrdinalIgnoreCase), sign);
    }

    internal static bool Holds(int order, string sign) => sign switch
    {
        "=" => order == 0,
        "!=" => order != 0,
        "<" => order < 0,
        "<=" => order <= 0,
        ">" => order > 0,
        _ => order >= 0,
    };
}

/// <summary>Text with <c>*</c> for anything; case does not matter.</summary>
internal static class Wildcard
{
    public static Func<string, bool> Of(string pattern)
    {
        var parts = pattern.Split('*');
        return parts.Length == 1
            ? text => string.Equals(text, pattern, StringComparison.OrdinalIgnoreCase)
            : text => Fits(text, parts);
    }

    private static bool Fits(string text, string[] parts)
    {
        if (!text.StartsWith(parts[0], StringComparison.OrdinalIgnoreCase) || text.Length < parts[0].Length + parts[^1].Length)
        {
            return false;
        }

        var at = parts[0].Length;
        foreach (var part in parts.AsSpan(1, parts.Length - 2))
        {
            var found = text.IndexOf(part, at, StringComparison.OrdinalIgnoreCase);
            if (found < 0)
            {
                return false;
            }

            at = found + part.Length;
        }

        return text.Length - at >= parts[^1].Length && text.EndsWith(parts[^1], StringComparison.OrdinalIgnoreCase);
    }
}
