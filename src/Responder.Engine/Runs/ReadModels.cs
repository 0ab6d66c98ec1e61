using System.Text.Json;
using Responder.Engine.Journal;
using Responder.Engine.Undo;
using Responder.Sdk;
using Responder.Sdk.Catalog;

namespace Responder.Engine.Runs;

/// <summary>What changes in the read models with an event. All of it can be worked out again from the journal.</summary>
internal static class ReadModels
{
    public static IEnumerable<RowChange> Of(RunEvent happened, RunState after, string runId, DateTimeOffset now, ActionCatalog catalog) => happened switch
    {
        GateAsked asked => [new ApprovalOpened(Row(after.Step(asked.Path)!, runId))],
        GateAnswered answered => [new ApprovalChanged(Row(after.Step(answered.Path)!, runId))],
        GateEscalated escalated => [new ApprovalChanged(Row(after.Step(escalated.Path)!, runId))],
        GateReminded reminded => [new ApprovalChanged(Row(after.Step(reminded.Path)!, runId))],
        GateExtended extended => [new ApprovalChanged(Row(after.Step(extended.Path)!, runId))],
        GateClosed closed => [new ApprovalClosed(closed.GateId, closed.Choice, after.Step(closed.Path)!.Gate!.Answers.LastOrDefault()?.By, closed.How, now)],
        IntentRecorded intent => Ledger(after.Step(intent.Path)!, intent, runId, "intended", now),
        AttemptFailed { Error.Kind: not FailureKind.Unknown } failed => [new LocksReleased(failed.Path)],
        StepInDoubt doubt => [new LocksReleased(doubt.Path), .. LedgerOf(after, doubt.Path, runId, "in_doubt", now)],
        StepEnded ended when after.Step(ended.Path)!.Intent is not null =>
            [new LocksReleased(ended.Path), .. LedgerOf(after, ended.Path, runId, Word(ended), now), .. Lifted(after, ended, now, catalog), .. Undone(after, ended, now)],
        HoldLet let => [new HoldPassed(let.Connection, let.Target, let.Action, let.From, let.To, now)],
        StepStarted { AwaitsEvent: not null } or AnswerAwaited or EventTaken => [Awaited(after)],
        StepEnded { Path: var path } when after.Step(path)!.Awaits is not null => [Awaited(after)],
        RunEnded ended => [new SlotReleased(), .. Extended(after, ended, now)],
        _ => [],
    };

    private static AwaitedEvents Awaited(RunState state) =>
        new([.. state.Open.Select(path => state.Step(path)!).Where(step => step.Taken is null).Select(step => step.Awaits).OfType<string>().Distinct()]);

    private static string Word(StepEnded ended) => ended switch
    {
        { Status: StepStatus.Succeeded, Outcome: OutcomeKind.AlreadySo } => "already_so",
        { Status: StepStatus.Succeeded, Outcome: OutcomeKind.Pending } => "pending",
        { Status: StepStatus.Succeeded } => "done",
        _ => "failed",
    };

    private static IEnumerable<RowChange> LedgerOf(RunState state, string path, string runId, string status, DateTimeOffset now) =>
        state.Step(path) is { Intent: { } intent } step ? Ledger(step, intent, runId, status, now) : [];

    private static IEnumerable<RowChange> Ledger(StepState step, IntentRecorded intent, string runId, string status, DateTimeOffset now) =>
        intent.Targets.Select(target => new EffectRecorded(new EffectRow(
            intent.Connection, Targets.Key(intent.Connection, target).Target, target.Names.Count > 0 ? target.Names[0] : target.Id,
            step.Action!, step.Effect!.Value, runId, step.Path, intent.Before?.Free ?? true, status, now,
            status is "done" or "pending" && intent is { Lease: { } lease, Before: null or { Free: true } } ? now + TimeSpan.FromSeconds(lease.Seconds) : null)));

    /// <summary>What gives back ends what its inverse did to the target, whoever held it.</summary>
    private static IEnumerable<RowChange> Lifted(RunState state, StepEnded ended, DateTimeOffset now, ActionCatalog catalog) =>
        ended is { Status: StepStatus.Succeeded, Outcome: not OutcomeKind.Pending } && state.Step(ended.Path) is { Intent: { } intent } step
        && catalog.Find(step.Action!) is { Lifts: true, Undo: { } held }
            ? intent.Targets.Select(target => new ContainmentLifted(intent.Connection, Targets.Key(intent.Connection, target).Target, held, now))
            : [];

    /// <summary>In a run that asked for a lease's end: the new end, where it is not given back.</summary>
    private static IEnumerable<RowChange> Extended(RunState state, RunEnded ended, DateTimeOffset now) =>
        state.Created is { LeaseOf: { } holder, Inputs: var inputs } && ended.Outcome != LeaseRun.Released
        && inputs.GetProperty("lease").Deserialize<LeaseRun.Subject>(Json.Options) is { } lease
            ? [new LeaseMoved(holder, lease.Path, lease.Connection, lease.Target, now + TimeSpan.FromSeconds(lease.Seconds))]
            : [];

    /// <summary>In a run that undoes another: the line of the effect that this step took back.</summary>
    private static IEnumerable<RowChange> Undone(RunState state, StepEnded ended, DateTimeOffset now)
    {
        if (state.Created?.UndoOf is null || ended.Status != StepStatus.Succeeded || state.Step(ended.Path)!.Id is not { } id
            || !state.Created.Inputs.TryGetProperty("undoes", out var undoes) || !undoes.TryGetProperty(id, out var row))
        {
            return [];
        }

        return [new EffectRecorded(row.Deserialize<EffectRow>(Json.Options)! with { Status = "undone", At = now })];
    }

    private static ApprovalRow Row(StepState step, string runId)
    {
        var gate = step.Gate!;
        return new ApprovalRow(
            gate.Request.Id, runId, step.Path, step.Id, gate.Request.Title, gate.IsOpen ? "pending" : "closed", gate.AskedAt, gate.Deadline,
            gate.Request with { Roles = gate.Roles, Deadline = gate.Deadline, Reminded = gate.Reminders }, gate.Choice, gate.Answers.LastOrDefault()?.By, gate.ClosedAt);
    }
}
