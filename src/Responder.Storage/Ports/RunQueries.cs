using Responder.Engine.Journal;

namespace Responder.Storage;

/// <summary>Lists, which are the same on all databases, and what the sweep asks, which is not.</summary>
internal abstract class RunQueries(ISqlDoor door, Writer writer) : IRunQueries
{
    protected ISqlDoor Door => door;

    public abstract Task<IReadOnlyList<string>> DueAsync(DateTimeOffset now, IReadOnlyCollection<string> liveOwners, int limit, CancellationToken cancel);

    public Task<Page<RunListItem>> ListAsync(RunFilter filter, CancellationToken cancel) => door.ReadAsync(db => RunLists.ListAsync(db, filter), cancel);

    public Task<RunListItem?> FindAsync(string runId, CancellationToken cancel) => door.ReadAsync(db => RunLists.FindAsync(db, runId), cancel);

    public Task<Page<ApprovalRow>> ApprovalsAsync(string? status, string? runId, int limit, string? cursor, CancellationToken cancel) =>
        door.ReadAsync(db => ApprovalLists.ListAsync(db, status, runId, limit, cursor), cancel);

    public Task<ApprovalRow?> ApprovalAsync(string id, CancellationToken cancel) => door.ReadAsync(db => ApprovalLists.FindAsync(db, id), cancel);

    public Task<Page<AlertRow>> AlertsAsync(AlertFilter filter, CancellationToken cancel) => door.ReadAsync(db => AlertLists.ListAsync(db, filter), cancel);

    public Task<AlertRow?> AlertAsync(string id, CancellationToken cancel) => door.ReadAsync(db => AlertLists.FindAsync(db, id), cancel);

    public Task<IReadOnlyList<EffectRow>> EffectsAsync(string? runId, CancellationToken cancel) => door.ReadAsync(db => EffectLists.ReadAsync(db, runId), cancel);

    public Task<int> NoteLoopFailureAsync(string runId, string reason, IReadOnlyList<TimeSpan> retryAfter, DateTimeOffset now, CancellationToken cancel)
    {
        var op = LoopFailure(runId, reason, retryAfter, now);
        writer.Post(op);
        return op.Done.WaitAsync(cancel);
    }

    protected abstract WriteOp<int> LoopFailure(string runId, string reason, IReadOnlyList<TimeSpan> retryAfter, DateTimeOffset now);
}
