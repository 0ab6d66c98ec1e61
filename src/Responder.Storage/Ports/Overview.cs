using Dapper;
using Responder.Engine;
using Responder.Engine.Journal;

namespace Responder.Storage;

internal sealed class Overview(ISqlDoor door) : IOverview
{
    private const string Waiting = "SELECT count(*) FROM (SELECT 1 FROM approvals WHERE status = 'pending' LIMIT @most) AS waiting";

    // The two halves each read a partial index of their own.
    private const string Counts = """
        SELECT status AS Status, count(*) AS Number FROM runs WHERE status IN ('queued', 'running', 'waiting', 'in_doubt') GROUP BY status
        UNION ALL
        SELECT status AS Status, count(*) AS Number FROM runs WHERE status IN ('succeeded', 'failed', 'rejected', 'cancelled') AND created_at >= @since GROUP BY status
        """;

    private static readonly string[] Timings =
    [
        """
        SELECT 'close' AS Kind, r.ended_at AS At, r.ended_at - r.created_at AS Took, r.playbook AS Playbook, NULL AS What
        FROM runs r WHERE r.created_at >= @since AND r.ended_at IS NOT NULL ORDER BY r.created_at DESC LIMIT @most
        """,
        """
        SELECT 'contain' AS Kind, e.at AS At, e.at - r.created_at AS Took, r.playbook AS Playbook, e.action AS What
        FROM effects e JOIN runs r ON r.run_id = e.run_id WHERE e.effect = 'contain' AND e.status = 'done' AND r.created_at >= @since ORDER BY r.created_at DESC LIMIT @most
        """,
        """
        SELECT 'approve' AS Kind, a.closed_at AS At, a.closed_at - a.asked_at AS Took, r.playbook AS Playbook, a.step_id AS What
        FROM approvals a JOIN runs r ON r.run_id = a.run_id WHERE a.status = 'closed' AND a.decided_by IS NOT NULL AND r.created_at >= @since ORDER BY r.created_at DESC LIMIT @most
        """,
    ];

    public Task<int> WaitingAsync(int most, CancellationToken cancel) => door.ReadAsync(db => db.ExecuteScalarAsync<int>(Waiting, new { most }), cancel);

    public async Task<IReadOnlyDictionary<RunStatus, int>> CountsAsync(DateTimeOffset since, CancellationToken cancel) =>
        (await door.ReadAsync(db => db.QueryAsync<CountRecord>(Counts, new { since = Values.Of(since) }), cancel)).ToDictionary(one => Values.Enum<RunStatus>(one.Status), one => (int)one.Number);

    public async Task<IReadOnlyList<Timing>> TimingsAsync(DateTimeOffset since, int most, CancellationToken cancel)
    {
        var found = new List<Timing>();
        foreach (var query in Timings)
        {
            found.AddRange((await door.ReadAsync(db => db.QueryAsync<TimingRecord>(query, new { since = Values.Of(since), most }), cancel)).Select(one => one.ToTiming()));
        }

        return found;
    }
}
