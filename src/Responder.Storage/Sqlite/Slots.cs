namespace Responder.Storage.Sqlite;

/// <summary>Concurrency slots: one row a key, so that two runs never have it.</summary>
internal static class Slots
{
    private static readonly Sql HolderSql = new("SELECT run_id FROM slots WHERE key = ?1");
    private static readonly Sql TakeSql = new("INSERT INTO slots (key, run_id) VALUES (?, ?)");
    private static readonly Sql HasSql = new("SELECT 1 FROM slots WHERE run_id = ?1");
    private static readonly Sql ReleaseSql = new("DELETE FROM slots WHERE run_id = ?1 RETURNING key");

    private static readonly Sql NextSql = new("""
        SELECT run_id FROM runs WHERE concurrency_key = ?1 AND status = 'queued' ORDER BY priority DESC, created_at, run_id LIMIT 1
        """);

    private static readonly Sql StartSql = new("UPDATE runs SET status = 'running', owner = NULL, retry_at = 0 WHERE run_id = ?1");

    public static string? Holder(Db db, string key)
    {
        using var query = db.Use(HolderSql).With(key);
        return query.Step() ? query.Text(0) : null;
    }

    public static bool HasOne(Db db, string runId)
    {
        using var query = db.Use(HasSql).With(runId);
        return query.Step();
    }

    public static void Take(Db db, string key, string runId)
    {
        using var take = db.Use(TakeSql).With(key).With(runId);
        take.Run();
    }

    /// <summary>Takes a run's slot away and gives it to the next of its queue: the highest priority, then the oldest.</summary>
    public static IReadOnlyList<string> Release(Db db, string runId)
    {
        List<string> keys = [];
        using (var release = db.Use(ReleaseSql).With(runId))
        {
            while (release.Step())
            {
                keys.Add(release.Text(0));
            }
        }

        return [.. keys.Select(key => Give(db, key)).OfType<string>()];
    }

    private static string? Give(Db db, string key)
    {
        if (Next(db, key) is not { } next)
        {
            return null;
        }

        Take(db, key, next);
        using var start = db.Use(StartSql).With(next);
        start.Run();
        return next;
    }

    private static string? Next(Db db, string key)
    {
        using var query = db.Use(NextSql).With(key);
        return query.Step() ? query.Text(0) : null;
    }
}
