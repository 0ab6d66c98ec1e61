using System.Text.Json;

namespace Responder.Storage.Sqlite;

/// <summary>What the sweep asks: each part reads one partial index, so that its cost is that of open runs, however many have ended.</summary>
internal static class Due
{
    internal static readonly Sql Query = new("""
        SELECT run_id FROM (
          SELECT run_id, 0 AS at FROM runs WHERE status = 'running' AND owner IS NULL AND retry_at <= ?1
          UNION ALL
          SELECT run_id, 0 FROM runs WHERE owner IS NOT NULL AND owner NOT IN (SELECT value FROM json_each(?2)) AND retry_at <= ?1
          UNION ALL
          SELECT run_id, due_at FROM runs WHERE due_at <= ?1 AND retry_at <= ?1
          UNION ALL
          SELECT run_id, woken_at FROM runs WHERE woken_at <= ?1 AND retry_at <= ?1
        ) GROUP BY run_id ORDER BY min(at), run_id LIMIT ?3
        """);

    public static IReadOnlyList<string> Read(Db db, DateTimeOffset now, IReadOnlyCollection<string> liveOwners, int limit)
    {
        using var query = db.Use(Query).With(now).With(JsonSerializer.SerializeToUtf8Bytes(liveOwners)).With(limit);
        List<string> runs = [];
        while (query.Step())
        {
            runs.Add(query.Text(0));
        }

        return runs;
    }
}
