using Responder.Engine.Reports.Words;

namespace Responder.Engine.Reports.Layout;

internal static class FolderLayout
{
    public static void Write(Page page, FolderFacts folder)
    {
        page.Topic(page.Shown($"Files in {folder.Path}{(folder.Host is { } host ? $" on {host}" : "")}"));
        page.List(Lines(page, folder));
        foreach (var part in folder.Parts)
        {
            page.Say($"By {part.By}:");
            Part(page, part);
        }

        if (folder.Largest.Count > 0)
        {
            page.Say("The largest files:");
            page.List(folder.Largest.Take(5).Select(file => page.Prose($"{file.Path}{(file.Size is { } size ? $", {Amounts.Bytes(size)}" : "")}")));
        }
    }

    public static void Part(Page page, Breakdown part)
    {
        var sizes = part.Rows.Any(row => row.Bytes is not null);
        var rows = part.Rows.Select(row => (IReadOnlyList<Line>)
        [
            page.Prose(row.Name), page.Prose(Amounts.Count(row.Count)), .. sizes ? [page.Prose(row.Bytes is { } bytes ? Amounts.Bytes(bytes) : "")] : Array.Empty<Line>(),
        ]).ToList();
        var total = part.Omitted == 0 && part.Rows.Count > 1 && part.Rows.Count <= page.Limits.Rows;
        if (total)
        {
            rows.Add([page.Prose("Total"), page.Prose(Amounts.Count(part.Rows.Sum(row => row.Count))), .. sizes ? [page.Prose(Amounts.Bytes(part.Rows.Sum(row => row.Bytes ?? 0)))] : Array.Empty<Line>()]);
        }

        page.Table([page.Shown(ReportWords.Capital(part.By)), "Count", .. sizes ? ["Size"] : Array.Empty<string>()], rows, page.Limits.Rows + (total ? 1 : 0), part.Omitted);
    }

    private static IEnumerable<Line> Lines(Page page, FolderFacts folder)
    {
        yield return page.Labelled("Total", Amounts.Files(folder.Files, folder.Bytes) ?? "not returned");
        if (folder is { OldestAt: { } oldest, NewestAt: { } newest })
        {
            yield return page.Labelled("Created", $"from {page.Clock.Both(oldest)} to {page.Clock.Both(newest)}, in {Amounts.Duration(newest - oldest)}");
        }

        foreach (var type in folder.Sensitive)
        {
            yield return page.Labelled("Holds secrets", type);
        }

        if (folder.Agreement is { } agreement)
        {
            yield return page.Prose(agreement);
        }
    }
}
