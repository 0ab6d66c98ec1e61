using Dapper;

namespace Responder.Storage.Postgres;

internal sealed class PgQueries(PgDoor door, Writer writer) : RunQueries(door, writer)
{
    /// <summary>What the sweep asks: each part reads one partial index, so that its cost is that of open runs, however many have ended.</summary>
    internal const string Due = """
        SELECT run_id FROM (
          SELECT run_id, 0 AS at FROM runs WHERE status = 'running' AND owner IS NULL AND retry_at <= @now
          UNION ALL
          SELECT run_id, 0 FROM runs WHERE owner IS NOT NULL AND owner <> ALL (@live) AND retry_at <= @now
          UNION ALL
          SELECT run_id, due_at FROM runs WHERE due_at <= @now AND retry_at <= @now
          UNION ALL
          SELECT run_id, woken_at FROM runs WHERE woken_at <= @now AND retry_at <= @now
        ) due GROUP BY run_id ORDER BY min(at), run_id LIMIT @limit
        """;

    public override async Task<IReadOnlyList<string>> DueAsync(DateTimeOffset now, IReadOnlyCollection<string> liveOwners, int limit, CancellationToken cancel) =>
        [.. await Door.ReadAsync(db => db.QueryAsync<string>(Due, new { now = Values.Of(now), live = liveOwners.ToArray(), limit }), cancel)];

    protected override WriteOp<int> LoopFailure(string runId, string reason, IReadOnlyList<TimeSpan> retryAfter, DateTimeOffset now) =>
        new PgLoopFailure(runId, reason, retryAfter, now);
}
