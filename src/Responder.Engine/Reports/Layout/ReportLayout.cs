using Responder.Engine.Reports.Words;

namespace Responder.Engine.Reports.Layout;

/// <summary>Lays a report out: the head, then the eight sections.</summary>
internal static class ReportLayout
{
    public static IReadOnlyList<Block> Compose(IncidentReport report, Limits limits)
    {
        var page = new Page(limits, new Defang(OwnDomains(report)), ClockOf(report));
        HeadLayout.Write(page, report);
        ContextLayout.Write(page, report.InitialContext);
        AnalysisLayout.Write(page, report.TechnicalAnalysis);
        FindingsLayout.Write(page, report.InvestigationFindings);
        ContainmentLayout.Write(page, report.ContainmentActions);
        AftermathLayout.Write(page, report);
        ConclusionLayout.Write(page, report);
        return page.Blocks;
    }

    // Accounts and hosts that the run or the alert names are ours, so their domain is no indicator.
    private static HashSet<string> OwnDomains(IncidentReport report) =>
        report.InitialContext.Hosts.Where(host => host.Name.Contains('.', StringComparison.Ordinal)).Select(host => host.Name[(host.Name.IndexOf('.', StringComparison.Ordinal) + 1)..])
            .Concat(Mail(report)).Where(domain => domain.Contains('.', StringComparison.Ordinal)).ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Mail(IncidentReport report) =>
        report.InitialContext.Accounts.Select(account => account.Name).Concat(report.InitialContext.Accounts.Select(account => account.Manager).OfType<string>())
            .Where(name => name.Contains('@', StringComparison.Ordinal)).Select(name => name[(name.LastIndexOf('@') + 1)..]);

    private static Clock ClockOf(IncidentReport report) => new(report.Head.LocalOffsetMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null);
}
