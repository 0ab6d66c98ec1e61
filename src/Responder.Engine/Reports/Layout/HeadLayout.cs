using Responder.Engine.Reports.Words;

namespace Responder.Engine.Reports.Layout;

internal static class HeadLayout
{
    public static void Write(Page page, IncidentReport report)
    {
        var head = report.Head;
        page.Blocks.Add(new Heading(1, page.Shown($"Incident report: {head.Title}")));
        if (head.Mock)
        {
            page.Blocks.Add(new Callout(page.Prose("The run worked on mock connectors: nothing in this report happened to a real system.")));
        }

        if (head.UndoOf is { } undone)
        {
            page.Blocks.Add(new Callout(page.Prose($"This run takes back what the run {undone} did.")));
        }

        if (!head.Final)
        {
            page.Blocks.Add(new Callout(page.Prose($"The run is still going; this is what is known as of {page.Clock.Both(head.AsOf)}. What follows will be in the final report.")));
        }

        page.List(Lines(page, head));
        if (head.StillToCome.Count > 0)
        {
            page.Say("Still to come:");
            page.List(head.StillToCome);
        }
    }

    private static IEnumerable<Line> Lines(Page page, ReportHead head)
    {
        if (head.Ticket is { } ticket)
        {
            yield return Linked(page, "Ticket", ticket, head.TicketUrl);
        }

        yield return page.Labelled("Status", $"{head.Status.Replace('_', ' ')}{(head.Outcome is { } outcome && outcome != head.Status ? $", outcome {ReportWords.Outcome(outcome)}" : "")}{(head.Reason is { } reason ? $" – {reason}" : "")}");
        if (head.PlaybookName is { } name)
        {
            yield return page.Labelled("Playbook", $"{name} ({head.Playbook})");
        }

        if (head.StartedAt is { } began)
        {
            var end = head.EndedAt is { } ended ? $", ended {page.Clock.Both(ended)} after {Amounts.Duration(ended - began)}" : $", going for {Amounts.Duration(head.AsOf - began)}";
            yield return page.Labelled("Run", $"began {page.Clock.Both(began)}{end}{(head.StartedBy is { } by ? $"; started by {by}" : "")}");
        }

        if (head.Url is { } url)
        {
            yield return Linked(page, "Page of the run", url, url);
        }
    }

    // Only an address of the web, in its escaped form, may be followed; anything else is text.
    private static Line Linked(Page page, string label, string text, string? href) =>
        Uri.TryCreate(href, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.AbsoluteUri.Length <= 500
            ? new Line().Add(SpanKind.Strong, $"{label}:").Text(" ").Add(SpanKind.Link, SafeText.Fit(text, page.Limits.Prose, head => SafeText.Visible(head)), address.AbsoluteUri)
            : page.Labelled(label, text);
}
