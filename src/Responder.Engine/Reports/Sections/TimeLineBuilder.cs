using Responder.Engine.Reports.Trace;
using Responder.Engine.Reports.Words;

namespace Responder.Engine.Reports;

/// <summary>Puts the alert's events and what the run did into one order of time.</summary>
internal static class TimeLineBuilder
{
    public static IReadOnlyList<TimeLineEntry> All(RunFacts facts, InitialContext context, TechnicalAnalysis analysis)
    {
        var entries = analysis.AttackChain.Select(link => new TimeLineEntry(link.At, $"{link.Text} ({link.Source})", TimeLineKind.Attack))
            .Concat(OfRun(facts, context))
            .Concat(facts.Decisions.SelectMany(pair => OfGate(facts, pair.Step, pair.Gate)))
            .Concat(facts.Trace.Steps.SelectMany(step => OfStep(facts, step)))
            .Concat(OfEnd(facts));
        // Of what happened in the same moment the order above is the order of cause.
        return [.. entries.OrderBy(entry => entry.At)];
    }

    private static IEnumerable<TimeLineEntry> OfRun(RunFacts facts, InitialContext context)
    {
        var trace = facts.Trace;
        if (context.ReceivedAt is { } received)
        {
            yield return new TimeLineEntry(received, "The alert reached Responder", TimeLineKind.Run);
        }

        if ((trace.StartedAt ?? trace.CreatedAt) is { } started)
        {
            yield return new TimeLineEntry(started, $"The run of the playbook {trace.Created?.PlaybookName ?? "(not recorded)"} began{By(trace.Created?.StartedBy)}", TimeLineKind.Run);
        }

        if (trace is { Cancelled: { } cancel, CancelledAt: { } cancelled })
        {
            yield return new TimeLineEntry(cancelled, $"{cancel.By} asked the run to end{(cancel.Reason is null ? "" : $": {cancel.Reason}")}", TimeLineKind.Decision);
        }

    }

    private static IEnumerable<TimeLineEntry> OfEnd(RunFacts facts)
    {
        if (facts.Trace is { End: { } end, EndedAt: { } ended })
        {
            yield return new TimeLineEntry(ended, $"The run ended: {ReportWords.Status(end.Status)}{(facts.OtherOutcome is { } outcome ? $", outcome {outcome}" : "")}", TimeLineKind.Run);
        }
    }

    private static IEnumerable<TimeLineEntry> OfStep(RunFacts facts, StepTrace step)
    {
        if (step.Action is null || step.Skipped || step.At is not { } at)
        {
            yield break;
        }

        if (step.Is("chat.ask", "mail.ask"))
        {
            foreach (var entry in OfInterview(Interview.Of(step)))
            {
                yield return entry;
            }

            yield break;
        }

        if (step.Open)
        {
            if (step.Doubt is { } doubt)
            {
                yield return new TimeLineEntry(at, $"In doubt: {ReportWords.Small(ActionWords.For(step.Action).Title)} ({facts.Target(step)}). {doubt}", Kind(step));
            }

            yield break;
        }

        var text = step switch
        {
            { Succeeded: true, Acts: false } => ReadWords.Summary(facts, step),
            { Succeeded: true } => ReportWords.Capital(facts.Past(step)) + Detail(ContainmentAction.DetailOf(step)),
            _ => $"Not done: {ReportWords.Small(ActionWords.For(step.Action).Title)} ({facts.Target(step)}). {ReportWords.Capital(FailureWords.Of(step))}",
        };
        yield return new TimeLineEntry(at, text, Kind(step));
    }

    private static IEnumerable<TimeLineEntry> OfInterview(Interview interview)
    {
        if (interview.AskedAt is { } asked)
        {
            yield return new TimeLineEntry(asked, $"Asked {interview.Asked} by {interview.Channel}", TimeLineKind.Decision);
        }

        if (interview is { Answer: { } answer, AnsweredAt: { } answered })
        {
            yield return new TimeLineEntry(answered, $"{interview.Asked} answered “{answer}”{(interview.Unverified ? " (unverified)" : "")}", TimeLineKind.Decision);
        }
    }

    private static IEnumerable<TimeLineEntry> OfGate(RunFacts facts, StepTrace step, GateTrace gate)
    {
        var decision = Decision.From(step, gate);
        if (decision is { DecidedAt: { } at, How: not "cancelled" })
        {
            var subject = step.Action is null ? gate.Request.Title : $"{ActionWords.For(step.Action).Title} ({facts.Target(step)})";
            yield return new TimeLineEntry(at, $"Decided: {decision.Said(subject)}", TimeLineKind.Decision);
        }
    }

    private static TimeLineKind Kind(StepTrace step) => step.Contains ? TimeLineKind.Containment : step.Acts ? TimeLineKind.Record : TimeLineKind.Read;

    private static string By(string? who) => who is null ? "" : $", started by {who}";

    private static string Detail(string? detail) => detail is null ? "" : $": {detail}";
}
