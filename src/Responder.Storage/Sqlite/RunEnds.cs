namespace Responder.Storage.Sqlite;

/// <summary>What an ended run leaves behind: nothing that holds up another.</summary>
internal static class RunEnds
{
    private static readonly Sql Locks = new("DELETE FROM locks WHERE run_id = ?1");
    private static readonly Sql Awaited = new("DELETE FROM awaited WHERE run_id = ?1");

    private static readonly Sql Approvals = new(
        "UPDATE approvals SET status = 'closed', how = 'cancelled', closed_at = ?2 WHERE run_id = ?1 AND status = 'pending'");

    /// <summary>Gives back locks, slot and waits, closes gates that are still open; the runs that got a slot by it.</summary>
    public static IReadOnlyList<string> Clean(Db db, string runId, DateTimeOffset now)
    {
        foreach (var sql in (ReadOnlySpan<Sql>)[Locks, Awaited])
        {
            using var delete = db.Use(sql).With(runId);
            delete.Run();
        }

        using var close = db.Use(Approvals).With(runId).With(now);
        close.Run();
        ErrandRows.End(db, runId, now);
        return Slots.Release(db, runId);
    }
}
