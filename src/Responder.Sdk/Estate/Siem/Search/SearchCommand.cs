using System.Globalization;

namespace Responder.Sdk.Estate;

/// <summary>A command after a bar.</summary>
internal abstract class SearchCommand
{
    public abstract List<SearchRow> Apply(List<SearchRow> rows);

    public static SearchCommand Parse(IReadOnlyList<SplWord> words)
    {
        var rest = words.Skip(1).ToList();
        return words[0].Text.ToLowerInvariant() switch
        {
            "search" => Filter(SearchTerms.Parse(rest)),
            "where" => Filter(WhereCommand.Parse(rest)),
            "stats" => StatsCommand.Parse(rest),
            "head" => Head(rest),
            "sort" => Sort(rest),
            "rename" => Rename(rest),
            "dedup" => Dedup(Names(rest)),
            "table" or "fields" => Keep(Names([.. rest.Where(word => word.Text != "+")])),
            var other => throw SplWords.Wrong($"the made-up index knows no command '{other}'; it knows search, where, stats, head, sort, rename, dedup, table and fields"),
        };
    }

    protected static List<string> Names(IReadOnlyList<SplWord> words) =>
        [.. words.Where(word => !word.IsSign(",")).Select(word => word.Kind == SplKind.Sign ? throw SplWords.Wrong($"'{word.Text}' stands where a field should") : word.Text)];

    private static By Filter(Func<SearchRow, bool> holds) => new(rows => [.. rows.Where(holds)]);

    private static By Head(List<SplWord> words) => words switch
    {
        [] => new By(rows => [.. rows.Take(10)]),
        [var many] when int.TryParse(many.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) => new By(rows => [.. rows.Take(count)]),
        _ => throw SplWords.Wrong("'head' takes a number"),
    };

    private static By Sort(List<SplWord> words) => new(rows =>
    {
        IOrderedEnumerable<SearchRow>? sorted = null;
        foreach (var name in Names(words).Where(name => !int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            var field = name.TrimStart('+', '-');
            var order = Comparer<SearchRow>.Create((left, right) => SearchRow.Compare(
                left.Fields.GetValueOrDefault(field, string.Empty), right.Fields.GetValueOrDefault(field, string.Empty), StringComparison.Ordinal));
            sorted = (sorted, name[0] == '-') switch
            {
                (null, false) => rows.OrderBy(row => row, order),
                (null, true) => rows.OrderByDescending(row => row, order),
                (_, false) => sorted.ThenBy(row => row, order),
                _ => sorted.ThenByDescending(row => row, order),
            };
        }

        return sorted is null ? rows : [.. sorted];
    });

    private static By Rename(List<SplWord> words)
    {
        var names = Names(words);
        if (names.Count == 0 || names.Count % 3 != 0 || names.Chunk(3).Any(three => !string.Equals(three[1], "as", StringComparison.OrdinalIgnoreCase)))
        {
            throw SplWords.Wrong("'rename' takes 'old as new'");
        }

        var renames = names.Chunk(3).ToDictionary(three => three[0], three => three[2], StringComparer.Ordinal);
        return new By(rows => [.. rows.Select(row =>
        {
            var renamed = new SearchRow { Time = row.Time };
            foreach (var (name, value) in row.Fields)
            {
                renamed.Fields[renames.GetValueOrDefault(name, name)] = value;
            }

            return renamed;
        })]);
    }

    private static By Dedup(List<string> fields) => new(rows =>
        [.. rows.DistinctBy(row => string.Join('\u001f', fields.Select(field => SearchRow.Text(row.Fields.GetValueOrDefault(field, string.Empty)).ToUpperInvariant())))]);

    private static By Keep(List<string> fields) => new(rows => [.. rows.Select(row =>
    {
        var kept = new SearchRow { Time = row.Time };
        foreach (var field in fields.Where(row.Fields.ContainsKey))
        {
            kept.Fields[field] = row.Fields[field];
        }

        return kept;
    })]);

    private sealed class By(Func<List<SearchRow>, List<SearchRow>> apply) : SearchCommand
    {
        public override List<SearchRow> Apply(List<SearchRow> rows) => apply(rows);
    }
}
