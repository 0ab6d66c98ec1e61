using Responder.Engine.Reports.Words;

namespace Responder.Engine.Reports.Layout;

internal static class FindingsLayout
{
    public static void Write(Page page, InvestigationFindings findings)
    {
        page.Section(3, "Investigation findings");
        page.Topic("Time line");
        TimeLine(page, findings);
        page.Topic("Indicators");
        Indicators(page, findings);
        if (findings.Troubles.Count > 0)
        {
            page.Topic("What did not go as planned");
            page.List(findings.Troubles.Select(note => page.Prose($"{page.Clock.Both(note.At)} – {note.Text}")), findings.TroublesOmitted);
        }
    }

    private static void TimeLine(Page page, InvestigationFindings findings)
    {
        var shown = TimeLineEntry.MostImportant(findings.TimeLine, page.Limits.Entries);
        var rows = shown.Select(entry => (IReadOnlyList<Line>)
        [
            new Line().Text(Clock.Utc(entry.At)),
            .. page.Clock.Local(entry.At) is { } local ? [new Line().Text(local)] : Array.Empty<Line>(),
            page.Prose(entry.Text),
        ]).ToList();
        if (rows.Count == 0)
        {
            page.Say("The journal holds nothing yet.");
        }

        // A local time that leaves the calendar would make a row short; such an entry has none in its column either way.
        var columns = page.Clock.Zone is { } zone ? ["UTC", $"Local ({zone})", "What happened"] : new[] { "UTC", "What happened" };
        page.Table(columns, [.. rows.Select(row => row.Count == columns.Length ? row : [row[0], new Line(), .. row.Skip(1)])], page.Limits.Entries, findings.TimeLine.Count - shown.Count + findings.TimeLineOmitted);
    }

    private static void Indicators(Page page, InvestigationFindings findings)
    {
        if (findings.Indicators.Count == 0)
        {
            page.Say("None.");
            return;
        }

        var shown = findings.Indicators.Take(page.Limits.Rows).ToList();
        foreach (var group in shown.Where(one => one.Kind != IndicatorKind.Command).GroupBy(one => one.Kind))
        {
            page.Blocks.Add(new Paragraph(new Line().Add(SpanKind.Strong, $"{Title(group.Key)}:")));
            // Never cut by the list's own limit: the table's was applied above.
            page.Blocks.Add(new Bullets([.. group.Select(one => Noted(page, one))]));
        }

        foreach (var (index, command) in shown.Where(one => one.Kind == IndicatorKind.Command).Index())
        {
            if (index == 0)
            {
                page.Blocks.Add(new Paragraph(new Line().Add(SpanKind.Strong, "Commands:")));
            }

            page.Code(command.Value);
        }

        if (shown.Where(one => one.IsNetwork).ToList() is { Count: > 0 } network)
        {
            page.Say("Exact, for tools:");
            page.Code(string.Join('\n', network.Select(one => SafeText.Fit(one.Value, page.Limits.Span, head => SafeText.Visible(head)))));
        }

        if (findings.Indicators.Count - shown.Count + findings.IndicatorsOmitted is > 0 and var more)
        {
            page.Say($"{Amounts.Count(more)} more indicators are in the report's JSON and in the alert.");
        }
    }

    private static Line Noted(Page page, Indicator one)
    {
        var line = page.Exact(one.IsNetwork ? Defang.Value(one.Value) : one.Value);
        return one.Note is { } note ? line.Text($" – {page.Shown(note)}") : line;
    }

    private static string Title(IndicatorKind kind) => kind switch
    {
        IndicatorKind.File => "Files",
        IndicatorKind.Hash => "Hashes",
        IndicatorKind.Host => "Hosts",
        IndicatorKind.Address => "Addresses",
        IndicatorKind.Domain => "Domains",
        IndicatorKind.Url => "URLs",
        IndicatorKind.Mail => "Mail addresses",
        IndicatorKind.Account => "Accounts",
        _ => "Others",
    };
}
