using Responder.Engine.Reports.Trace;
using Responder.Engine.Reports.Words;
using Responder.Sdk;

namespace Responder.Engine.Reports;

/// <summary>What stands above the sections: which run this is, how it stands, as of when.</summary>
/// <param name="Title">What happened where, in a line.</param>
/// <param name="Playbook">The playbook's id.</param>
/// <param name="PlaybookName">Its name.</param>
/// <param name="DefinitionHash">The definition that the run is pinned to.</param>
/// <param name="Status">How the run stands: the run status's word.</param>
/// <param name="Outcome">Its outcome, once known.</param>
/// <param name="Reason">Why it ended so.</param>
/// <param name="Final">False while the run is still going.</param>
/// <param name="AsOf">When the report was made; also the end of anything that lasts.</param>
/// <param name="StartedAt">When the run began.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="StartedBy">Who or what started it.</param>
/// <param name="Ticket">The key of its ticket.</param>
/// <param name="TicketUrl">The ticket's page.</param>
/// <param name="Url">The run's page.</param>
/// <param name="Mock">True where the run worked on mock connectors: no real system was touched.</param>
/// <param name="UndoOf">The run whose effects this one takes back.</param>
/// <param name="LocalOffsetMinutes">The offset of the place from UTC, where the alert tells it: −300 for UTC−05:00.</param>
/// <param name="StillToCome">What is under way or waits, while the run is going.</param>
public sealed record ReportHead(
    string Title, string? Playbook, string? PlaybookName, string? DefinitionHash, string Status, string? Outcome, string? Reason, bool Final,
    DateTimeOffset AsOf, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, string? StartedBy, string? Ticket, string? TicketUrl, string? Url,
    bool Mock, string? UndoOf, double? LocalOffsetMinutes, IReadOnlyList<string> StillToCome)
{
    private const int MostOpen = 20;

    internal static ReportHead From(RunFacts facts, InitialContext context)
    {
        var trace = facts.Trace;
        var created = trace.Created;
        return new ReportHead(
            TitleOf(created?.PlaybookName, context),
            created?.Playbook,
            created?.PlaybookName,
            created?.DefinitionHash,
            StatusOf(trace),
            facts.Outcome,
            facts.Reason,
            facts.Final,
            facts.AsOf,
            trace.StartedAt ?? trace.CreatedAt ?? trace.FirstAt,
            trace.EndedAt,
            created?.StartedBy,
            facts.Ticket,
            trace.Done("tickets.create").FirstOrDefault(step => step.Out["key"].Text == facts.Ticket)?.Out["url"].Text,
            created?.Url,
            created?.Connectors == "mock",
            created?.UndoOf,
            facts.Clock.Offset?.TotalMinutes,
            facts.Final ? [] : [.. trace.Actions.Concat(trace.Steps.Where(step => step.Kind is "approval" or "wait")).Where(step => step.Open)
                .Select(step => OpenStep(facts, step)).Take(MostOpen)]);
    }

    private static string TitleOf(string? playbook, InitialContext context)
    {
        var what = context.Title ?? playbook ?? "A run";
        var where = context.Hosts.Select(host => host.Name).Concat(context.Accounts.Select(account => account.Name)).FirstOrDefault();
        return where is null || what.Contains(where, StringComparison.OrdinalIgnoreCase) ? what : $"{what} – {where}";
    }

    private static string StatusOf(RunTrace trace)
    {
        var status = trace.End?.Status
            ?? (trace.Doubt is not null || trace.Steps.Any(step => step.Open && step.Doubt is not null) ? RunStatus.InDoubt
            : trace.Steps.Any(step => step.Open && step.Gates.Any(gate => gate.Closed is null)) ? RunStatus.Waiting
            : trace.StartedAt is null && trace.Steps.Count == 0 ? RunStatus.Queued
            : RunStatus.Running);
        return Json.Word(status);
    }

    private static string OpenStep(RunFacts facts, StepTrace step)
    {
        var what = step.Action is null ? step.Label : $"{ActionWords.For(step.Action).Title} ({facts.Target(step)})";
        var gate = step.Gates.LastOrDefault(gate => gate.Closed is null);
        return step switch
        {
            { Doubt: { } doubt } => $"{what}: in doubt until a lead settles it. {doubt}",
            { Held: { } held } => $"{what}: held. {held}",
            _ when gate is not null => $"{what}: waits for {Decision.Askers(gate)}{Until(facts, gate.Deadline)}.",
            { Busy: { } busy } => $"{what}: waits while {busy} acts on the same target.",
            { Kind: "wait", AwaitsEvent: { } name } => $"{what}: waits for the event {name}{Until(facts, step.Due)}.",
            { Kind: "wait" } => $"{what}: waits{Until(facts, step.Due)}.",
            { AnswerDue: { } due } => $"{what}: waits for the answer{Until(facts, due)}.",
            _ => $"{what}: under way.",
        };
    }

    private static string Until(RunFacts facts, DateTimeOffset? due) => due is { } at ? $" until {facts.Clock.Both(at)}" : "";
}
