using Responder.Engine.Reports.Words;

namespace Responder.Engine.Reports.Layout;

internal static class ContainmentLayout
{
    public static void Write(Page page, ContainmentActions containment)
    {
        page.Section(4, "Containment actions");
        if (containment.Actions.Count == 0)
        {
            page.Say("None: nothing was contained or deleted.");
        }

        page.Table(
            ["Action", "Target", "Result", "When (UTC)", "Approved or decided by"],
            [.. containment.Actions.Select(action => (IReadOnlyList<Line>)
            [
                page.Prose(action.Title), page.Prose(action.Target), Result(page, action),
                new Line().Text(action.At is { } at ? Clock.Utc(at) : ""), page.Prose(action.ApprovedBy ?? "nobody was asked"),
            ])],
            page.Limits.Rows, containment.Omitted);
        if (containment.TimeToContainSeconds is { } seconds and >= 0)
        {
            page.Say($"First containment {Amounts.Duration(TimeSpan.FromSeconds(seconds))} after the alert reached Responder.");
        }

        Topic(page, "Data protection", containment.DataProtection);
        Topic(page, "Host remediation", containment.HostRemediation);
        if (containment.HostRemediation.Count == 0 && containment.ToComplete.Count > 0)
        {
            page.Topic("Host remediation");
        }

        page.ToComplete(containment.ToComplete);
        Topic(page, "Still in force", containment.InForce.Select(text => $"{text}."));
    }

    private static void Topic(Page page, string title, IEnumerable<string> texts)
    {
        var lines = texts.ToList();
        if (lines.Count > 0)
        {
            page.Topic(title);
            page.List(lines.Select(text => $"{char.ToUpperInvariant(text[0])}{text[1..]}"));
        }
    }

    private static Line Result(Page page, ContainmentAction action)
    {
        var line = new Line().Add(SpanKind.Strong, action.Result switch
        {
            ActionResult.Done => "Done",
            ActionResult.AlreadySo => "Already so",
            ActionResult.Partial => "Partly",
            ActionResult.Pending => "Ordered",
            ActionResult.Failed => "Failed",
            ActionResult.InDoubt => "In doubt",
            ActionResult.NotDone => "Not done",
            ActionResult.Waiting => "Waiting",
            ActionResult.Undone => "Taken back",
            _ => "Under way",
        });
        return action.Detail is { } detail ? line.Text($": {page.Shown(detail)}") : line;
    }
}
