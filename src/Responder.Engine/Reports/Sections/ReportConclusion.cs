using Responder.Engine.Reports.Trace;
using Responder.Engine.Reports.Words;
using Responder.Sdk;

namespace Responder.Engine.Reports;

/// <summary>Section 8: the case in a paragraph, why it is closed, who decided.</summary>
/// <param name="Summary">The case in a few sentences.</param>
/// <param name="ClosureRationale">Why the case is closed, or what keeps it open.</param>
/// <param name="Resolution">The ticket's resolution, where the run closed it.</param>
/// <param name="Decisions">What was decided by whom, in the order in which it was asked.</param>
/// <param name="DecisionsOmitted">How many are left out.</param>
/// <param name="ToComplete">What only an analyst can add.</param>
public sealed record ReportConclusion(
    IReadOnlyList<string> Summary, string ClosureRationale, string? Resolution, IReadOnlyList<Decision> Decisions, int DecisionsOmitted, IReadOnlyList<string> ToComplete)
{
    private const int MostDecisions = 60;
    private const int MostNamed = 8;

    internal static ReportConclusion From(RunFacts facts, InitialContext context, ContainmentActions containment)
    {
        var resolution = facts.Trace.Done("tickets.close").LastOrDefault()?.In["resolution"].Text;
        return new ReportConclusion(
            [.. Sentences(facts, context, containment)],
            Rationale(facts, containment),
            resolution,
            [.. facts.Decisions.Take(MostDecisions).Select(pair => Decision.From(pair.Step, pair.Gate))],
            Math.Max(0, facts.Decisions.Count - MostDecisions),
            ["the analyst's name, role and date"]);
    }

    private static IEnumerable<string> Sentences(RunFacts facts, InitialContext context, ContainmentActions containment)
    {
        var where = string.Join(" and ", context.Hosts.Take(1).Select(host => host.Name).Concat(context.Accounts.Take(1).Select(account => account.Name)));
        yield return context.Title is { } title
            ? $"The alert source {context.Source ?? "(not named)"} reported “{title}”{(where.Length > 0 ? $" for {where}" : "")}{(context.Time is { } at ? $" at {facts.Clock.Both(at)}" : "")}."
            : $"A run of the playbook {facts.Trace.Created?.PlaybookName ?? "(not recorded)"} was started{(facts.Trace.Created?.StartedBy is { } by ? $" by {by}" : "")}.";

        var done = facts.Contained.Where(step => step.Outcome != OutcomeKind.Pending).Select(step => facts.Past(step) + Amount(step)).Distinct().ToList();
        yield return done.Count > 0 ? $"The run {ReportWords.List(done, MostNamed)}." : "Nothing was contained or deleted.";

        var open = containment.Actions.Where(action => !action.Settled).ToList();
        if (open.Count > 0)
        {
            yield return $"Not settled: {ReportWords.List([.. open.Select(action => $"{action.Title} ({action.Target}: {ReportWords.Small(ReportWords.Result(action.Result))})")], MostNamed)}.";
        }

        yield return End(facts);
    }

    private static string End(RunFacts facts)
    {
        var trace = facts.Trace;
        if (trace.End is null)
        {
            return $"As of {facts.Clock.Both(facts.AsOf)} the run is still going.";
        }

        var took = trace.EndedAt - (trace.StartedAt ?? trace.CreatedAt) is { } time ? $" after {Amounts.Duration(time)}" : "";
        var outcome = facts.OtherOutcome is { } word ? $", with the outcome {word}" : "";
        var reason = facts.Reason is { } said ? $": {said.TrimEnd('.')}" : "";
        return $"The run ended{took}: {ReportWords.Status(trace.End.Status)}{outcome}{reason}.";
    }

    private static string Rationale(RunFacts facts, ContainmentActions containment)
    {
        if (facts.Harmless)
        {
            return $"No incident ({ReportWords.Outcome(facts.Outcome!)}){(facts.Reason is { } reason ? $": {reason}" : ".")}";
        }

        var open = containment.Actions.Count(action => !action.Settled);
        if (facts.Trace.End is { Status: RunStatus.Failed or RunStatus.Rejected or RunStatus.Cancelled } end)
        {
            return $"Not ready to be closed: {ReportWords.Status(end.Status)}. An analyst decides what follows.";
        }

        if (open > 0 || facts.Trace.Doubt is not null)
        {
            return $"Not ready to be closed: {(open > 0 ? $"{Amounts.Count(open, "containment action")} not settled" : "a person must look at the run")}.";
        }

        if (facts.Trace.Done("edr.scan").LastOrDefault()?.Out["status"].Text is { } scan and not "clean")
        {
            return $"Not ready to be closed: the last scan is not clean ({scan.Replace('_', ' ')}).";
        }

        var reasons = Reasons(facts).ToList();
        return reasons.Count > 0 ? $"{ReportWords.Capital(string.Join("; ", reasons))}." : facts.Final ? "The playbook's steps are done; nothing had to be contained." : "Not known yet.";
    }

    private static IEnumerable<string> Reasons(RunFacts facts)
    {
        var done = facts.Contained.Where(step => step.Outcome != OutcomeKind.Pending).Select(step => step.Action!).ToHashSet();
        if (facts.Contained.Any(step => step.Is("edr.delete_folder", "edr.delete_file") && step.Out["gone"].Truth == true))
        {
            yield return "staged or malicious files deleted";
        }

        if (done.Overlaps(["identity.disable_user", "directory.disable_user", "identity.reset_password", "directory.reset_password", "identity.revoke_sessions"]))
        {
            yield return "account secured";
        }

        if (done.Contains("edr.isolate_host"))
        {
            yield return "host isolated";
        }

        if (done.Contains("edr.kill_process"))
        {
            yield return "process ended";
        }

        if (facts.Trace.Done("edr.scan").LastOrDefault()?.Out["status"].Text == "clean")
        {
            yield return "host scanned and clean";
        }
    }

    private static string Amount(StepTrace step) =>
        step.Is("edr.delete_folder") && Amounts.Files(step.Out["files"].Whole, step.Out["bytes"].Whole) is { } sums ? $" ({sums})"
        : "";
}
