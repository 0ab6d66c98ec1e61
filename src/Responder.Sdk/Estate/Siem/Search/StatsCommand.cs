namespace Responder.Sdk.Estate;

/// <summary><c>stats count, sum(x) as y by f, g</c>: also <c>count(x)</c>, <c>dc</c>, <c>min</c>, <c>max</c>, <c>avg</c>, <c>values</c>.</summary>
internal sealed class StatsCommand : SearchCommand
{
    private readonly List<(string Name, Func<List<SearchRow>, object?> Of)> _sums = [];
    private readonly List<string> _by = [];
    private string? _firstFunction;

    private StatsCommand()
    {
    }

    /// <summary>True where the answer is one count.</summary>
    public bool IsOneNumber => _by.Count == 0 && _sums.Count == 1 && _firstFunction == "count";

    public static new StatsCommand Parse(IReadOnlyList<SplWord> words)
    {
        var made = new StatsCommand();
        for (var index = 0; index < words.Count;)
        {
            if (words[index].IsSign(","))
            {
                index++;
            }
            else if (words[index].Is("by"))
            {
                made._by.AddRange(Names([.. words.Skip(index + 1)]));
                index = words.Count;
            }
            else
            {
                index = made.Sum(words, index);
            }
        }

        return made._sums.Count == 0 ? throw SplWords.Wrong("'stats' names nothing to work out; say 'stats count'") : made;
    }

    public override List<SearchRow> Apply(List<SearchRow> rows)
    {
        if (_by.Count == 0)
        {
            return [Row([], rows)];
        }

        // As Splunk does: an event that lacks one of the fields is in no group.
        return [.. rows.Where(row => _by.All(row.Fields.ContainsKey))
            .GroupBy(row => string.Join('\u001f', _by.Select(field => SearchRow.Text(row.Fields[field]))), StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => Row(_by.Select(field => (field, group.First().Fields[field])), [.. group]))];
    }

    private SearchRow Row(IEnumerable<(string Name, object Value)> by, List<SearchRow> rows)
    {
        var row = new SearchRow();
        foreach (var (name, value) in by)
        {
            row.Fields[name] = value;
        }

        foreach (var (name, of) in _sums)
        {
            if (of(rows) is { } value)
            {
                row.Fields[name] = value;
            }
        }

        return row;
    }

    private int Sum(IReadOnlyList<SplWord> words, int index)
    {
        var function = words[index++].Text.ToLowerInvariant();
        string? field = null;
        if (index < words.Count && words[index].IsSign("("))
        {
            field = index + 2 < words.Count && words[index + 2].IsSign(")") ? words[index + 1].Text : throw SplWords.Wrong($"'{function}(' is not closed");
            index += 3;
        }

        var name = field is null ? function : $"{function}({field})";
        if (index + 1 < words.Count && words[index].Is("as"))
        {
            name = words[index + 1].Text;
            index += 2;
        }

        _firstFunction ??= function;
        _sums.Add((name, Of(function, field)));
        return index;
    }

    private static Func<List<SearchRow>, object?> Of(string function, string? field)
    {
        if (function is "count" or "c" && field is null)
        {
            return rows => (long)rows.Count;
        }

        if (field is null)
        {
            throw SplWords.Wrong($"'{function}' needs a field: {function}(field)");
        }

        IEnumerable<object> Values(List<SearchRow> rows) => rows.Where(row => row.Fields.ContainsKey(field)).Select(row => row.Fields[field]);
        IEnumerable<double> Numbers(List<SearchRow> rows) => Values(rows).Select(SearchRow.Number).OfType<double>();
        return function switch
        {
            "count" or "c" => rows => (long)Values(rows).Count(),
            "dc" or "distinct_count" => rows => (long)Values(rows).Select(SearchRow.Text).Distinct(StringComparer.Ordinal).Count(),
            "sum" => rows => Whole(Numbers(rows).Sum()),
            "avg" or "mean" => rows => Numbers(rows).Any() ? Whole(Numbers(rows).Average()) : null,
            "min" => rows => Values(rows).OrderBy(value => value, Order).FirstOrDefault(),
            "max" => rows => Values(rows).OrderByDescending(value => value, Order).FirstOrDefault(),
            "values" => rows => string.Join('\n', Values(rows).Select(SearchRow.Text).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)),
            _ => throw SplWords.Wrong($"the made-up index knows no '{function}' in stats; it knows count, dc, sum, avg, min, max and values"),
        };
    }

    private static readonly Comparer<object> Order = Comparer<object>.Create((left, right) => SearchRow.Compare(left, right, StringComparison.Ordinal));

    /// <summary>A whole number as one, so that it is shown without a fraction.</summary>
    private static readonly Func<double, object> Whole = number => number == Math.Floor(number) && Math.Abs(number) < 9e15 ? (long)number : (object)number;
}
