using System.Text;
using Responder.Engine.Reports.Layout;
using Responder.Engine.Reports.Words;

namespace Responder.Engine.Reports;

/// <summary>The report as Markdown (CommonMark with tables) for a ticket: never longer than a ticket takes, and nothing from an alert is markup in it.</summary>
public static class ReportMarkdown
{
    /// <summary>The most characters of a report; Jira takes 32,767 in a comment.</summary>
    public const int MostCharacters = 32_000;

    private const string CutNote = "_The rest is left out, since a ticket takes no more; the run's page has the report whole._";

    /// <summary>Writes a report. Where it would be too long it shows less of each list and says how much more there is.</summary>
    /// <param name="report">The report.</param>
    public static string Write(IncidentReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var text = "";
        foreach (var limits in Limits.Ticket)
        {
            text = Render(ReportLayout.Compose(report, limits), int.MaxValue);
            if (text.Length <= MostCharacters)
            {
                return text;
            }
        }

        return Render(ReportLayout.Compose(report, Limits.Ticket[^1]), MostCharacters);
    }

    private static string Render(IReadOnlyList<Block> blocks, int most)
    {
        var text = new StringBuilder();
        foreach (var block in blocks)
        {
            var next = Render(block);
            if (text.Length + next.Length + CutNote.Length + 4 > most)
            {
                return text.Append(CutNote).Append('\n').ToString();
            }

            text.Append(next).Append("\n\n");
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static string Render(Block block) => block switch
    {
        Heading heading => $"{new string('#', heading.Level)} {heading.Prefix}{MarkdownMarks.Escape(heading.Text)}",
        Paragraph paragraph => MarkdownMarks.EscapeStart(Render(paragraph.Line, inTable: false)),
        Callout callout => $"> {MarkdownMarks.EscapeStart(Render(callout.Line, inTable: false))}",
        Bullets bullets => string.Join('\n', bullets.Items.Select(item => $"- {MarkdownMarks.EscapeStart(Render(item, inTable: false))}")),
        Table table => Render(table),
        CodeBlock code => MarkdownMarks.CodeBlock(code.Text),
        _ => throw new InvalidOperationException($"No way to write {block.GetType().Name}."),
    };

    private static string Render(Table table)
    {
        var rows = table.Rows.Select(row => Row(row.Select(cell => Render(cell, inTable: true))));
        return string.Join('\n', rows.Prepend(Row(table.Columns.Select(_ => "---"))).Prepend(Row(table.Columns.Select(MarkdownMarks.Escape))));
    }

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";

    private static string Render(Line line, bool inTable) => string.Concat(line.Spans.Select(span => Render(span, inTable)));

    private static string Render(Span span, bool inTable) => span.Kind switch
    {
        SpanKind.Strong => $"**{MarkdownMarks.Escape(span.Text)}**",
        SpanKind.Note => $"_{MarkdownMarks.Escape(span.Text)}_",
        // In a table a bar ends the cell even inside a code span.
        SpanKind.Code when !(inTable && span.Text.Contains('|', StringComparison.Ordinal)) && MarkdownMarks.CodeSpan(span.Text) is { } code => code,
        SpanKind.Link => $"[{MarkdownMarks.Escape(span.Text)}]({Address(span.Href!)})",
        _ => MarkdownMarks.Escape(span.Text),
    };

    private static string Address(string href) =>
        href.Replace("(", "%28", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal).Replace("|", "%7C", StringComparison.Ordinal);
}
