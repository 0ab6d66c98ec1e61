namespace Responder.Engine.Journal;

/// <summary>The append-only truth of every run. A store implements it; nothing else writes a run.</summary>
public interface IRunJournal
{
    /// <summary>
    /// Appends a run's whole pending batch or nothing: only where the run row's <c>last_seq</c> is <see cref="JournalBatch.ExpectedSeq"/> and its
    /// <c>epoch</c> is <see cref="JournalBatch.Epoch"/>, checked and advanced in the same statement, with the guard read in the same transaction.
    /// Batches of one run are applied in the order in which they were handed in. Completes after the commit is on disk.
    /// </summary>
    /// <param name="batch">The batch.</param>
    Task<AppendResult> AppendAsync(JournalBatch batch);

    /// <summary>Raises the run's epoch and only then reads it: from here on every other owner is fenced. Null where there is no such run.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="owner">This node and start.</param>
    /// <param name="cancel">Ends waiting.</param>
    Task<StoredRun?> TakeAsync(string runId, string owner, CancellationToken cancel);

    /// <summary>Reads a run without taking it. Null where there is no such run.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="afterSeq">Only events after this number.</param>
    /// <param name="cancel">Ends waiting.</param>
    Task<StoredRun?> ReadAsync(string runId, long afterSeq, CancellationToken cancel);

    /// <summary>
    /// Accepts an alert and the runs it starts in one transaction: dedupe keys and concurrency slots are unique rows taken in it.
    /// Completes after the commit is on disk.
    /// </summary>
    /// <param name="admission">The alert and what it would start.</param>
    Task<AdmissionResult> AdmitAsync(Admission admission);

    /// <summary>
    /// The store's part of the last gate before a call that acts: null where the run's epoch is still this one and no kill switch that reaches it is
    /// thrown, else why not, for people.
    /// </summary>
    /// <param name="runId">The run.</param>
    /// <param name="epoch">Ours.</param>
    /// <param name="connector">For a kill switch on one connector.</param>
    /// <param name="playbook">For a kill switch on one playbook.</param>
    ValueTask<string?> WhyNotActAsync(string runId, long epoch, string connector, string playbook);

    /// <summary>Those quotas that are used up now, for a step that has not counted against them yet: so that people are asked once for everything.</summary>
    /// <param name="quotas">The quotas.</param>
    /// <param name="runId">The run.</param>
    /// <param name="path">The step.</param>
    /// <param name="now">The time.</param>
    ValueTask<IReadOnlyList<QuotaUse>> UsedUpAsync(IReadOnlyList<QuotaUse> quotas, string runId, string path, DateTimeOffset now);
}

/// <summary>A run's pending events, with what follows from them in the read models, all in one transaction.</summary>
public sealed record JournalBatch
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>The last number that was folded.</summary>
    public required long ExpectedSeq { get; init; }

    /// <summary>Ours.</summary>
    public required long Epoch { get; init; }

    /// <summary>Numbered from <see cref="ExpectedSeq"/> + 1.</summary>
    public required IReadOnlyList<StoredEvent> Events { get; init; }

    /// <summary>How the run stands after them.</summary>
    public required RunRow Row { get; init; }

    /// <summary>What else changes with them.</summary>
    public IReadOnlyList<RowChange> Changes { get; init; } = [];

    /// <summary>What must hold in the same transaction for an intent to commit; null where there is none in the batch.</summary>
    public IntentGuard? Guard { get; init; }
}

/// <summary>An event as stored.</summary>
/// <param name="Seq">Its number.</param>
/// <param name="At">When.</param>
/// <param name="Type">Its type's name in snake_case.</param>
/// <param name="Version">Its type's version; a node that does not know it leaves the run to newer nodes.</param>
/// <param name="Payload">Its fields as JSON, UTF-8, no NUL and no lone surrogate in it.</param>
public readonly record struct StoredEvent(long Seq, DateTimeOffset At, string Type, int Version, ReadOnlyMemory<byte> Payload);

/// <summary>The columns of a run's row that follow from its state.</summary>
/// <param name="Status">How it stands.</param>
/// <param name="Outcome">Its outcome, at the end.</param>
/// <param name="Reason">For people: why it ended so, or what it waits for.</param>
/// <param name="DueAt">When it must be looked at again by the sweep; null for never.</param>
/// <param name="StartedAt">When it got its slot.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Owned">False where the run only waits: it has no owner then.</param>
public sealed record RunRow(
    RunStatus Status, string? Outcome, string? Reason, DateTimeOffset? DueAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, bool Owned);

/// <summary>A row that changes with a batch.</summary>
public abstract record RowChange;

/// <summary>A gate is asked.</summary>
public sealed record ApprovalOpened(ApprovalRow Approval) : RowChange;

/// <summary>A gate's deadline, roles or answers changed; it is still open.</summary>
public sealed record ApprovalChanged(ApprovalRow Approval) : RowChange;

/// <summary>A gate is decided.</summary>
public sealed record ApprovalClosed(string Id, string Choice, string? By, string How, DateTimeOffset At) : RowChange;

/// <summary>The locks that a step held are given back.</summary>
public sealed record LocksReleased(string Path) : RowChange;

/// <summary>The run's concurrency slot is given back; the next in the queue gets it in the same transaction.</summary>
public sealed record SlotReleased : RowChange;

/// <summary>The names of the events that the run waits for now, in place of those before: <see cref="IEventInbox.PutAsync"/> wakes it by them.</summary>
public sealed record AwaitedEvents(IReadOnlyList<string> Names) : RowChange;

/// <summary>An effect enters the ledger, or its line (run, path, connection, target) changes.</summary>
public sealed record EffectRecorded(EffectRow Effect) : RowChange;

/// <summary>What an action did to a target is in force no more, whoever held it: the inverse has been called.</summary>
public sealed record ContainmentLifted(string Connection, string Target, string Action, DateTimeOffset At) : RowChange;

/// <summary>A run lets go of what another holds too: it stays in force, and the other has it from now on as if it had been free before and it had done it itself.</summary>
public sealed record HoldPassed(string Connection, string Target, string Action, string From, string To, DateTimeOffset At) : RowChange;

/// <summary>The end of a lease is moved, where the effect is still in force.</summary>
public sealed record LeaseMoved(string RunId, string Path, string Connection, string Target, DateTimeOffset Until) : RowChange;

/// <summary>What must hold in the transaction that commits an intent.</summary>
/// <param name="Connector">For a kill switch on one connector.</param>
/// <param name="Playbook">For a kill switch on one playbook.</param>
/// <param name="Locks">Targets to lock, from intent to result, over all runs and nodes.</param>
/// <param name="Path">The step that takes them; locks it holds already are no obstacle, and what it has counted once is not counted again.</param>
public sealed record IntentGuard(string Connector, string Playbook, IReadOnlyList<TargetKey> Locks, string Path)
{
    /// <summary>What the effect counts against. One that is used up stops the intent, unless people approved it for that.</summary>
    public IReadOnlyList<QuotaUse> Quotas { get; init; } = [];

    /// <summary>What must be held by nobody else: for one that gives back, what its inverse did; null where that is not asked.</summary>
    public SoleHold? Sole { get; init; }
}

/// <summary>What is given back only where no other run holds it: else it stays, and is the other's.</summary>
/// <param name="Action">The action whose effect is given back; its targets are the guard's locks.</param>
/// <param name="Holder">The run that gives it back, which holds it itself.</param>
public sealed record SoleHold(string Action, string Holder);

/// <summary>A target as locks and the ledger name it.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Target">Kind and canonical id: <c>host:ab12…</c>.</param>
public sealed record TargetKey(string Connection, string Target);

/// <summary>How an append ended.</summary>
public enum AppendStatus
{
    /// <summary>On disk.</summary>
    Committed,

    /// <summary>Another owner has the run; throw the state away.</summary>
    Fenced,

    /// <summary>The kill switch is thrown; nothing was written.</summary>
    Switched,

    /// <summary>Another run holds a target; nothing was written.</summary>
    Locked,

    /// <summary>A quota is used up; nothing was written.</summary>
    OverQuota,

    /// <summary>Another run holds what was to be given back; nothing was written.</summary>
    HeldToo,

    /// <summary>The batch itself can't be stored; nothing was written.</summary>
    Faulty,
}

/// <summary>How an append ended, and what else came of it.</summary>
/// <param name="Status">How.</param>
/// <param name="Reason">Why not, for people.</param>
/// <param name="Holder">With <see cref="AppendStatus.Locked"/> and <see cref="AppendStatus.HeldToo"/>: the run that holds the target.</param>
/// <param name="Started">Runs that got a concurrency slot by it and must be woken.</param>
/// <param name="Quota">With <see cref="AppendStatus.OverQuota"/>: the key of the one that is used up.</param>
public sealed record AppendResult(AppendStatus Status, string? Reason = null, string? Holder = null, IReadOnlyList<string>? Started = null, string? Quota = null)
{
    /// <summary>On disk.</summary>
    public static AppendResult Committed { get; } = new(AppendStatus.Committed);

    /// <summary>Another owner has the run.</summary>
    public static AppendResult Fenced { get; } = new(AppendStatus.Fenced);
}

/// <summary>A run as stored.</summary>
/// <param name="RunId">Its id.</param>
/// <param name="Epoch">The epoch now.</param>
/// <param name="LastSeq">The last number.</param>
/// <param name="Row">Its row.</param>
/// <param name="Events">Its journal, or the part that was asked for.</param>
public sealed record StoredRun(string RunId, long Epoch, long LastSeq, RunRow Row, IReadOnlyList<StoredEvent> Events);
