namespace Responder.Engine.Reports.Layout;

internal static class ConclusionLayout
{
    public static void Write(Page page, IncidentReport report)
    {
        var conclusion = report.Conclusion;
        page.Section(8, "Conclusion");
        foreach (var sentence in conclusion.Summary)
        {
            page.Say(sentence);
        }

        page.List(
        [
            page.Labelled("Closure rationale", conclusion.ClosureRationale),
            .. conclusion.Resolution is { } resolution ? [page.Labelled("Resolution of the ticket", resolution)] : Array.Empty<Line>(),
        ]);
        if (conclusion.Decisions.Count > 0)
        {
            page.Topic("Approvers");
            page.List(conclusion.Decisions.Select(decision => page.Prose(Decided(page, decision))), conclusion.DecisionsOmitted);
        }

        page.ToComplete(conclusion.ToComplete);
        page.List([page.Labelled("Report made", page.Clock.Both(report.Head.AsOf))]);
    }

    private static string Decided(Page page, Decision decision)
    {
        var said = decision.Said(decision.Title) + (decision.AskedByPolicy ? " (asked by policy)" : "");
        if (decision.DecidedAt is not { } at)
        {
            return $"{said}, asked {page.Clock.Both(decision.AskedAt)}";
        }

        var comments = decision.People.Where(person => !string.IsNullOrWhiteSpace(person.Comment)).Select(person => decision.People.Count == 1 ? $"“{person.Comment}”" : $"“{person.Comment}” ({person.By})").ToList();
        return $"{said}, {page.Clock.Both(at)}{(decision.Escalated ? ", after an escalation" : "")}{(comments.Count > 0 ? $", with the words {string.Join(", ", comments)}" : "")}";
    }
}
