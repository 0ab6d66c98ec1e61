using Responder.Engine.Reports.Trace;

namespace Responder.Engine.Reports;

/// <summary>What a search in the SIEM returned.</summary>
/// <param name="Step">The step's name.</param>
/// <param name="At">When it was answered.</param>
/// <param name="Count">What it counted.</param>
/// <param name="Part">The rows, where they count something by something.</param>
/// <param name="Columns">The rows' columns, where they don't; the first few.</param>
/// <param name="Rows">The rows, the first few, as text.</param>
/// <param name="Omitted">How many rows are left out.</param>
public sealed record SearchFacts(
    string Step, DateTimeOffset? At, long? Count, Breakdown? Part, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, int Omitted)
{
    private const int Most = 20;
    private const int MostRows = 8;
    private const int MostColumns = 5;

    internal static IReadOnlyList<SearchFacts> All(RunFacts facts) => [.. facts.Trace.Done("siem.search").Take(Most).Select(Of)];

    private static SearchFacts Of(StepTrace step)
    {
        var rows = step.Out["rows"].Items.ToList();
        var part = Breakdown.OfRows(rows);
        // A single number in a single row is the count, said already.
        var plain = part is null && rows.Any(row => row.Members.Skip(1).Any()) ? rows : [];
        List<string> columns = [.. plain.Take(MostRows).SelectMany(row => row.Members).Where(member => member.Value.Text is not null)
            .Select(member => member.Name).Distinct().Take(MostColumns)];
        return new SearchFacts(
            step.Label,
            step.EndedAt,
            step.Out["count"].Whole,
            part,
            columns,
            [.. plain.Take(MostRows).Select(row => columns.Select(column => row[column].Text ?? "").ToList())],
            Math.Max(0, plain.Count - MostRows));
    }
}
