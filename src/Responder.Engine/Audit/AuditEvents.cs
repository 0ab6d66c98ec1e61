using System.Collections.Frozen;
using System.Text.Json;
using Responder.Engine.Journal;
using Responder.Engine.Policy;
using Responder.Sdk;

namespace Responder.Engine.Audit;

/// <summary>What of a run's journal is a line of the audit: decisions, effects, and what policy said. The engine itself is called <c>run</c>.</summary>
public static class AuditEvents
{
    private const string Engine = "run";

    private static readonly FrozenDictionary<string, (string[] Kinds, bool ByPeople)> Types = new (Type Event, string[] Kinds, bool ByPeople)[]
    {
        (typeof(RunCreated), [AuditKinds.Decision], true),
        (typeof(GateAsked), [AuditKinds.Policy], false),
        (typeof(GateAnswered), [AuditKinds.Decision], true),
        (typeof(GateClosed), [AuditKinds.Decision], false),
        (typeof(GateEscalated), [AuditKinds.Decision], false),
        (typeof(GateExtended), [AuditKinds.Decision], false),
        (typeof(IntentRecorded), [AuditKinds.Policy, AuditKinds.Effect], false),
        (typeof(PolicyRefused), [AuditKinds.Policy], false),
        (typeof(AttemptFailed), [AuditKinds.Effect], false),
        (typeof(StepInDoubt), [AuditKinds.Effect], false),
        (typeof(StepSettled), [AuditKinds.Decision], true),
        (typeof(StepEnded), [AuditKinds.Effect], false),
        (typeof(HoldLet), [AuditKinds.Effect], false),
        (typeof(RunHeld), [AuditKinds.KillSwitch], false),
        (typeof(RunResumed), [AuditKinds.Decision], true),
        (typeof(CancelRequested), [AuditKinds.Decision], true),
    }.ToFrozenDictionary(one => JsonNamingPolicy.SnakeCaseLower.ConvertName(one.Event.Name), one => (one.Kinds, one.ByPeople), StringComparer.Ordinal);

    /// <summary>True where an event of that name may be a line of the audit.</summary>
    /// <param name="type">The event's name.</param>
    public static bool AreNoted(string type) => Types.ContainsKey(type);

    /// <summary>The names of the events that may be a line of that kind by that one; none where no journal need be read for it.</summary>
    /// <param name="kind">One of <see cref="AuditKinds"/>; null for any.</param>
    /// <param name="by">Who; null for anybody.</param>
    public static IReadOnlyList<string> NotedAs(string? kind, string? by) =>
        [.. Types.Where(one => (kind is null || one.Value.Kinds.Contains(kind)) && (one.Value.ByPeople || by is null or Engine)).Select(one => one.Key).Order(StringComparer.Ordinal)];

    /// <summary>The lines of an event.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="happened">The event.</param>
    /// <param name="intentOf">The newest intent before it of a step; null where the step has none, and so has no effect.</param>
    public static IEnumerable<AuditEntry> Of(string runId, RunEvent happened, Func<string, (string Action, IntentRecorded Intent)?> intentOf)
    {
        ArgumentNullException.ThrowIfNull(intentOf);
        return Lines(happened, intentOf).Select(line => line with { RunId = runId });
    }

    private static IEnumerable<AuditEntry> Lines(RunEvent happened, Func<string, (string Action, IntentRecorded Intent)?> intentOf)
    {
        switch (happened)
        {
            case RunCreated created:
                yield return new AuditEntry(AuditKinds.Decision, created.StartedBy, created.UndoOf is not null ? "undo_started" : "run_started", created.Playbook)
                {
                    Reason = created.AlertId is { } alert ? $"alert {alert}" : created.UndoOf is { } undone ? $"takes run {undone} back" : null, Result = created.DefinitionHash,
                };
                break;
            case GateAsked asked when asked.Gate.Policy is { } said:
                yield return new AuditEntry(AuditKinds.Policy, Engine, "requires_approval", asked.Gate.Title) { Path = asked.Path, Result = Json.Word(said.Verdict), Reason = Why(said) };
                break;
            case GateAnswered answered:
                yield return new AuditEntry(AuditKinds.Decision, answered.For is { } giver ? $"{answered.By} for {giver}" : answered.By, "answered", answered.GateId)
                {
                    Path = answered.Path, Result = answered.Choice, Reason = answered.Comment,
                };
                break;
            case GateClosed closed:
                yield return new AuditEntry(AuditKinds.Decision, Engine, "gate_closed", closed.GateId) { Path = closed.Path, Result = closed.Choice, Reason = closed.How };
                break;
            case GateEscalated escalated:
                yield return new AuditEntry(AuditKinds.Decision, Engine, "gate_escalated", escalated.GateId) { Path = escalated.Path, Result = string.Join(' ', escalated.Roles) };
                break;
            case GateExtended extended:
                yield return new AuditEntry(AuditKinds.Decision, Engine, "gate_extended", extended.GateId) { Path = extended.Path, Result = Json.Time(extended.Deadline), Reason = extended.Why };
                break;
            case IntentRecorded intent:
                yield return new AuditEntry(AuditKinds.Policy, Engine, "evaluated", Named(intent)) { Path = intent.Path, Connection = intent.Connection, Result = Json.Word(intent.Policy.Verdict), Reason = Why(intent.Policy) };
                yield return Effect(intent.Path, intentOf, "intended", $"attempt {intent.Attempt}");
                break;
            case PolicyRefused refused:
                yield return new AuditEntry(AuditKinds.Policy, Engine, "evaluated", refused.Path) { Path = refused.Path, Result = "refuse", Reason = Why(refused.Policy) };
                break;
            case AttemptFailed failed when intentOf(failed.Path) is not null:
                yield return Effect(failed.Path, intentOf, Json.Word(failed.Error.Kind), failed.Error.Message);
                break;
            case StepInDoubt doubt when intentOf(doubt.Path) is not null:
                yield return Effect(doubt.Path, intentOf, "in_doubt", doubt.Reason);
                break;
            case StepEnded ended when intentOf(ended.Path) is not null:
                yield return Effect(ended.Path, intentOf, ended.Outcome is { } outcome ? Json.Word(outcome) : Json.Word(ended.Status), ended.Error?.Message ?? ended.Note);
                break;
            case StepSettled settled:
                yield return new AuditEntry(AuditKinds.Decision, settled.By, "settled", settled.Path) { Path = settled.Path, Result = settled.Resolution, Reason = settled.Comment };
                break;
            case HoldLet let:
                yield return new AuditEntry(AuditKinds.Effect, Engine, "hold_let", let.Target) { Path = let.Path, Connection = let.Connection, Result = let.Action, Reason = $"run {let.To} holds it too; run {let.From} lets go" };
                break;
            case RunHeld held:
                yield return new AuditEntry(AuditKinds.KillSwitch, Engine, "held", held.Path) { Path = held.Path, Reason = held.Reason };
                break;
            case RunResumed resumed:
                yield return new AuditEntry(AuditKinds.Decision, resumed.By, "run_resumed", "");
                break;
            case CancelRequested cancel:
                yield return new AuditEntry(AuditKinds.Decision, cancel.By, "run_cancelled", "") { Reason = cancel.Reason };
                break;
        }
    }

    private static AuditEntry Effect(string path, Func<string, (string Action, IntentRecorded Intent)?> intentOf, string result, string? reason) => intentOf(path) is var (action, intent)
        ? new AuditEntry(AuditKinds.Effect, Engine, action, Named(intent)) { Path = path, Connection = intent.Connection, Result = result, Reason = reason }
        : throw new InvalidOperationException($"The step {path} has no intent.");

    private static string Named(IntentRecorded intent) => string.Join(", ", intent.Targets.Select(target => target.Names is [var name, ..] ? $"{name} ({target.Id})" : target.Id));

    private static string? Why(PolicyAnswer answer) => answer.Findings.Count == 0 ? null : string.Join(" ", answer.Findings.Select(finding => $"{finding.Rule}: {finding.Reason}"));
}
