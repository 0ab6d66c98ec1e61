using Responder.Engine.Reports.Words;

namespace Responder.Engine.Reports.Layout;

internal static class ContainmentLayout
{
    public static void Write(Page page, ContainmentActions containment)
    {
        page.Section(4, "Containment actions");
        if (containment.Actions.All(action => action.Result is ActionResult.NotDone or ActionResult.Waiting or ActionResult.UnderWay))
        {
            page.Say($"Nothing {(containment.Actions.Any(action => action.Result != ActionResult.NotDone) ? "is" : "was")} contained or deleted{(containment.Actions.Any(action => action.Result != ActionResult.NotDone) ? " so far" : "")}.");
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
            page.List(lines.Select(ReportWords.Capital));
        }
    }

    private static Line Result(Page page, ContainmentAction action)
    {
        var line = new Line().Add(SpanKind.Strong, ReportWords.Result(action.Result));
        return action.Detail is { } detail ? line.Text($": {page.Shown(detail)}") : line;
    }
}
