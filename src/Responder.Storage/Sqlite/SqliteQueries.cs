namespace Responder.Storage.Sqlite;

internal sealed class SqliteQueries(ISqlDoor door, Writer writer, Readers readers) : RunQueries(door, writer)
{
    public override async Task<IReadOnlyList<string>> DueAsync(DateTimeOffset now, IReadOnlyCollection<string> liveOwners, int limit, CancellationToken cancel) =>
        await readers.ReadAsync(db => Due.Read(db, now, liveOwners, limit), cancel);

    protected override WriteOp<int> LoopFailure(string runId, string reason, IReadOnlyList<TimeSpan> retryAfter, DateTimeOffset now) =>
        new LoopFailureOp(runId, reason, retryAfter, now);
}
