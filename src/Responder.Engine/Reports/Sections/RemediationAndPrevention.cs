using Responder.Engine.Reports.Trace;
using Responder.Engine.Reports.Words;
using Responder.Sdk;
using Responder.Sdk.Catalog;

namespace Responder.Engine.Reports;

/// <summary>Section 7: what is finished, what is left to do, what should be changed.</summary>
/// <param name="Completed">Finished actions.</param>
/// <param name="CompletedOmitted">How many are left out.</param>
/// <param name="Open">What is left to do.</param>
/// <param name="ToComplete">Controls that only an analyst can name.</param>
public sealed record RemediationAndPrevention(IReadOnlyList<string> Completed, int CompletedOmitted, IReadOnlyList<OpenTask> Open, IReadOnlyList<string> ToComplete)
{
    private const int Most = 40;

    internal static RemediationAndPrevention From(RunFacts facts)
    {
        var done = facts.Trace.Actions.Where(step => step.Succeeded && (step.Contains || step.Is("edr.scan", "edr.collect_file")) && step.Outcome != OutcomeKind.Pending)
            .Select(step => $"{ReportWords.Capital(facts.Past(step))}.").Distinct().ToList();
        return new RemediationAndPrevention(
            [.. done.Take(Most)],
            Math.Max(0, done.Count - Most),
            [.. Tasks(facts).Concat(Doubts(facts)).Concat(Failed(facts)).Concat(Lift(facts)).Take(100)],
            facts.Harmless
                ? ["changes to the rule or to the playbook, if any"]
                : [
                    "sign-in: second factor, conditional access, remote access",
                    "data: labels, rights on shares, prevention of bulk copies",
                    "detection: rules to add or to tune",
                ]);
    }

    // The run's main ticket is the case; what it opened besides are tasks.
    private static IEnumerable<OpenTask> Tasks(RunFacts facts)
    {
        var closed = facts.Trace.Done("tickets.close").Select(step => step.In["key"].Text).ToHashSet();
        return facts.Trace.Done("tickets.create").Where(step => step.Out["key"].Text is { } key && key != facts.Ticket && !closed.Contains(key))
            .Select(step => new OpenTask(step.In["summary"].Text ?? step.Label, step.Out["key"].Text, step.Out["url"].Text));
    }

    private static IEnumerable<OpenTask> Doubts(RunFacts facts) =>
        facts.Trace.Actions.Where(step => step.Open && step.Doubt is not null)
            .Select(step => new OpenTask($"Find out whether this happened and settle the step {step.Path}: {ActionWords.For(step.Action).Title} ({facts.Target(step)})", null, null));

    private static IEnumerable<OpenTask> Failed(RunFacts facts) =>
        facts.Trace.Actions.Where(step => step.Contains && step.End is { Status: StepStatus.Failed or StepStatus.TimedOut })
            .Where(step => !facts.IsMadeUpFor(step))
            .Select(step => new OpenTask($"By hand, if it is still wanted: {ActionWords.For(step.Action).Title} ({facts.Target(step)})", null, null));

    // What was so before the run is not the run's to lift.
    private static IEnumerable<OpenTask> Lift(RunFacts facts) =>
        facts.InForce().Where(step => step.Outcome != OutcomeKind.AlreadySo)
            .Select(step => new OpenTask($"{ActionWords.For(ActionCatalog.Neutral.Find(step.Action!)!.Undo).Title} when it is safe: {facts.Target(step)}", null, null));
}

/// <summary>Something left to do.</summary>
/// <param name="Text">What.</param>
/// <param name="Ticket">The key of the ticket for it, where there is one.</param>
/// <param name="Url">The ticket's page.</param>
public sealed record OpenTask(string Text, string? Ticket, string? Url);
