using Responder.Engine.Journal;

namespace Responder.Storage.Sqlite;

internal sealed class SqliteQueries(Writer writer, Readers readers) : IRunQueries
{
    public async Task<IReadOnlyList<string>> DueAsync(DateTimeOffset now, IReadOnlyCollection<string> liveOwners, int limit, CancellationToken cancel) =>
        await readers.ReadAsync(db => Due.Read(db, now, liveOwners, limit), cancel);

    public async Task<Page<RunListItem>> ListAsync(RunFilter filter, CancellationToken cancel) =>
        await readers.ReadAsync(db => RunLists.List(db, filter), cancel);

    public async Task<RunListItem?> FindAsync(string runId, CancellationToken cancel) => await readers.ReadAsync(db => RunLists.Find(db, runId), cancel);

    public async Task<Page<ApprovalRow>> ApprovalsAsync(string? status, string? runId, int limit, string? cursor, CancellationToken cancel) =>
        await readers.ReadAsync(db => ApprovalLists.List(db, status, runId, limit, cursor), cancel);

    public async Task<ApprovalRow?> ApprovalAsync(string id, CancellationToken cancel) => await readers.ReadAsync(db => ApprovalLists.Find(db, id), cancel);

    public async Task<Page<AlertRow>> AlertsAsync(int limit, string? cursor, CancellationToken cancel) =>
        await readers.ReadAsync(db => AlertLists.List(db, limit, cursor), cancel);

    public async Task<AlertRow?> AlertAsync(string id, CancellationToken cancel) => await readers.ReadAsync(db => AlertLists.Find(db, id), cancel);

    public async Task<IReadOnlyList<EffectRow>> EffectsAsync(string? runId, CancellationToken cancel) =>
        await readers.ReadAsync(db => Ledger.Read(db, runId), cancel);

    public Task<int> NoteLoopFailureAsync(string runId, string reason, IReadOnlyList<TimeSpan> retryAfter, DateTimeOffset now, CancellationToken cancel)
    {
        var op = new LoopFailureOp(runId, reason, retryAfter, now);
        writer.Post(op);
        return op.Done.WaitAsync(cancel);
    }
}
