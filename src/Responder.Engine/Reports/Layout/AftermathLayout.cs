namespace Responder.Engine.Reports.Layout;

/// <summary>Sections 5 to 7: cause, impact, what follows.</summary>
internal static class AftermathLayout
{
    public static void Write(Page page, IncidentReport report)
    {
        page.Section(5, "Root cause analysis");
        page.List(report.RootCauseAnalysis.Known);
        page.ToComplete(report.RootCauseAnalysis.ToComplete);

        page.Section(6, "Business impact");
        var impact = report.BusinessImpact;
        Topic(page, "Operational impact", impact.Operational, "The run barred nobody and cut nothing off.");
        Topic(page, "Data exposure", impact.Data, "The run's reads tell of no data.");
        page.ToComplete(impact.ToComplete);

        page.Section(7, "Remediation and prevention");
        var remediation = report.RemediationAndPrevention;
        page.Topic("Completed actions");
        if (remediation.Completed.Count == 0)
        {
            page.Say("None.");
        }

        page.List(remediation.Completed, remediation.CompletedOmitted);
        if (remediation.Open.Count > 0)
        {
            page.Topic("Open tasks");
            page.List(remediation.Open.Select(task => page.Prose(task.Ticket is { } key ? $"{key}: {task.Text}" : task.Text)));
        }

        page.Topic("Technical controls");
        page.ToComplete(remediation.ToComplete);
    }

    private static void Topic(Page page, string title, IReadOnlyList<string> lines, string none)
    {
        page.Topic(title);
        if (lines.Count == 0)
        {
            page.Say(none);
        }

        page.List(lines);
    }
}
