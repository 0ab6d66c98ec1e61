using System.Text.Json;

namespace Responder.Engine.Journal;

/// <summary>The definitions that runs are pinned to, by content hash.</summary>
public interface IDefinitions
{
    /// <summary>Keeps a definition; the same again changes nothing.</summary>
    Task PutAsync(string hash, string playbook, string bundle, CancellationToken cancel);

    /// <summary>A definition's bundle; null where there is none.</summary>
    Task<string?> GetAsync(string hash, CancellationToken cancel);
}

/// <summary>Files of runs, by content hash.</summary>
public interface IArtifacts
{
    /// <summary>Keeps it; the same content again changes nothing.</summary>
    Task PutAsync(string id, string runId, string path, string name, string mediaType, ReadOnlyMemory<byte> content, CancellationToken cancel);

    /// <summary>Its content; null where there is none.</summary>
    Task<ReadOnlyMemory<byte>?> GetAsync(string runId, string id, CancellationToken cancel);

    /// <summary>Those of a run.</summary>
    Task<IReadOnlyList<ArtifactRow>> ListAsync(string runId, CancellationToken cancel);
}

/// <summary>An artifact for lists.</summary>
public sealed record ArtifactRow(string Id, string RunId, string Path, string Name, string MediaType, long Size, DateTimeOffset At);

/// <summary>Named events that runs wait for, kept for a while, and replies to steps' questions (their name is the step's key).</summary>
public interface IEventInbox
{
    /// <summary>Keeps an event. Completes after the commit. The ids of runs that wait for this name are returned, to be woken.</summary>
    Task<IReadOnlyList<string>> PutAsync(InboxEvent entry, CancellationToken cancel);

    /// <summary>Events of a name since a time, oldest first.</summary>
    Task<IReadOnlyList<InboxEvent>> ReadAsync(string name, DateTimeOffset since, CancellationToken cancel);
}

/// <summary>A named event.</summary>
public sealed record InboxEvent(string Id, string Name, DateTimeOffset At, JsonElement Payload);

/// <summary>The kill switch: thrown, no intent commits anywhere.</summary>
public interface IKillSwitch
{
    /// <summary>Those that are thrown.</summary>
    Task<IReadOnlyList<KillSwitchRow>> ReadAsync(CancellationToken cancel);

    /// <summary>Throws or lifts one. Completes after the commit.</summary>
    Task SetAsync(KillSwitchRow row, bool on, CancellationToken cancel);
}

/// <summary>A kill switch.</summary>
/// <param name="Scope"><c>all</c>, <c>connector</c>, <c>playbook</c>.</param>
/// <param name="Name">The connector's or playbook's name; empty for all.</param>
/// <param name="By">Who threw it.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When.</param>
public sealed record KillSwitchRow(string Scope, string Name, string By, string Reason, DateTimeOffset At);

/// <summary>What the sweep and the lists ask of the store.</summary>
public interface IRunQueries
{
    /// <summary>Runs that must be looked at: due, or running with an owner that is not in the list of live ones, or woken.</summary>
    Task<IReadOnlyList<string>> DueAsync(DateTimeOffset now, IReadOnlyCollection<string> liveOwners, int limit, CancellationToken cancel);

    /// <summary>A page of runs, newest first.</summary>
    Task<Page<RunListItem>> ListAsync(RunFilter filter, CancellationToken cancel);

    /// <summary>One run's row.</summary>
    Task<RunListItem?> FindAsync(string runId, CancellationToken cancel);

    /// <summary>A page of approvals, the ones with the nearest deadline first.</summary>
    Task<Page<ApprovalRow>> ApprovalsAsync(string? status, string? runId, int limit, string? cursor, CancellationToken cancel);

    /// <summary>One approval.</summary>
    Task<ApprovalRow?> ApprovalAsync(string id, CancellationToken cancel);

    /// <summary>A page of alerts, newest first.</summary>
    Task<Page<AlertRow>> AlertsAsync(AlertFilter filter, CancellationToken cancel);

    /// <summary>One alert.</summary>
    Task<AlertRow?> AlertAsync(string id, CancellationToken cancel);

    /// <summary>The ledger: of a run, or where null, all containment in force.</summary>
    Task<IReadOnlyList<EffectRow>> EffectsAsync(string? runId, CancellationToken cancel);

    /// <summary>Records that a run's loop threw: the sweep looks at it again then. How often it threw since it last went well is returned.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="reason">Why.</param>
    /// <param name="retryAfter">The waits after the first, second, … failure; after the last of them the run's status becomes in doubt.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancel">Ends waiting.</param>
    Task<int> NoteLoopFailureAsync(string runId, string reason, IReadOnlyList<TimeSpan> retryAfter, DateTimeOffset now, CancellationToken cancel);
}

/// <summary>A page of a list.</summary>
/// <param name="Items">The rows.</param>
/// <param name="Next">The cursor of the next page; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Which runs.</summary>
public sealed record RunFilter(RunStatus? Status = null, string? Playbook = null, string? AlertId = null, int Limit = 50, string? Cursor = null);

/// <summary>Which alerts.</summary>
/// <param name="Source">Of this source.</param>
/// <param name="Status">With this status.</param>
/// <param name="LeastSeverity">With at least this score, 0 to 100.</param>
/// <param name="Technique">That name this ATT&amp;CK technique.</param>
/// <param name="Host">Of this host.</param>
/// <param name="User">Of this user.</param>
/// <param name="Limit">At most so many.</param>
/// <param name="Cursor">Where the page begins.</param>
public sealed record AlertFilter(
    string? Source = null, string? Status = null, int? LeastSeverity = null, string? Technique = null, string? Host = null, string? User = null, int Limit = 50, string? Cursor = null);

/// <summary>A run for lists.</summary>
public sealed record RunListItem(
    string RunId, string Playbook, string Title, RunStatus Status, string? Outcome, string? Reason, string? AlertId, string StartedBy,
    DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, DateTimeOffset? DueAt, string DefinitionHash, string? QueuedBehind);
