using Responder.Engine.Reports.Trace;
using Responder.Engine.Reports.Words;

namespace Responder.Engine.Reports;

/// <summary>A number of things counted by something: files by type, by source.</summary>
/// <param name="By">By what.</param>
/// <param name="Rows">The parts, the largest first.</param>
/// <param name="Omitted">How many smaller parts are left out.</param>
public sealed record Breakdown(string By, IReadOnlyList<BreakdownRow> Rows, int Omitted)
{
    private const int Most = 15;
    private static readonly string[] CountFields = ["count", "files", "events"];

    /// <summary>Every <c>by_…</c> of a result: <c>{"by_extension": {".docx": 456}}</c>, or with <c>count</c> and <c>bytes</c> in each part.</summary>
    internal static IReadOnlyList<Breakdown> AllOf(Fields result) =>
        [.. result.Members.Where(member => member.Name.StartsWith("by_", StringComparison.Ordinal))
            .Select(member => Make(member.Name == "by_extension" ? "type" : ReportWords.Name(member.Name[3..]), member.Value.Members.Select(part => Row(part.Name, part.Value))))
            .OfType<Breakdown>().Take(5)];

    /// <summary>Rows of a search that count something by something; null where they don't.</summary>
    internal static Breakdown? OfRows(IReadOnlyList<Fields> rows)
    {
        var by = rows is [var first, ..]
            ? first.Members.FirstOrDefault(member => !CountFields.Contains(member.Name) && member.Value.Text is not null && member.Value.Whole is null).Name
            : null;
        return by is null || !rows.All(row => Count(row) is not null && row[by].Text is not null)
            ? null
            : Make(ReportWords.Name(by), rows.Select(row => Row(row[by].Text!, row)));
    }

    private static Breakdown? Make(string by, IEnumerable<BreakdownRow?> rows)
    {
        var all = rows.OfType<BreakdownRow>().OrderByDescending(row => row.Count).ThenBy(row => row.Name, StringComparer.Ordinal).ToList();
        return all.Count == 0 ? null : new Breakdown(by, [.. all.Take(Most)], Math.Max(0, all.Count - Most));
    }

    private static BreakdownRow? Row(string name, Fields value) =>
        (value.Whole ?? Count(value)) is { } count ? new BreakdownRow(name, count, value["bytes"].Whole ?? value["size"].Whole) : null;

    private static long? Count(Fields row) => CountFields.Select(field => row[field].Whole).FirstOrDefault(count => count is not null);
}

/// <summary>One part.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Count">How many.</param>
/// <param name="Bytes">Their sizes together, where told.</param>
public sealed record BreakdownRow(string Name, long Count, long? Bytes);
