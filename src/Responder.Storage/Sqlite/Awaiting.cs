namespace Responder.Storage.Sqlite;

/// <summary>Which runs wait for events of a name, and waking them.</summary>
internal static class Awaiting
{
    // A run reads the inbox before it writes that it waits. An event that came between the two is found here; older ones it has seen.
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    private static readonly Sql DeleteSql = new("DELETE FROM awaited WHERE run_id = ?1");
    private static readonly Sql InsertSql = new("INSERT INTO awaited (run_id, name) VALUES (?, ?) ON CONFLICT DO NOTHING");

    private static readonly Sql WakeIfThereSql = new("""
        UPDATE runs SET woken_at = ?3 WHERE run_id = ?1 AND EXISTS (SELECT 1 FROM inbox WHERE name = ?2 AND at >= ?4)
        """);

    private static readonly Sql WakeSql = new("""
        UPDATE runs SET woken_at = ?2 WHERE run_id IN (SELECT run_id FROM awaited WHERE name = ?1) RETURNING run_id
        """);

    public static void Replace(Db db, string runId, IReadOnlyList<string> names, DateTimeOffset now)
    {
        using (var delete = db.Use(DeleteSql).With(runId))
        {
            delete.Run();
        }

        foreach (var name in names)
        {
            using (var insert = db.Use(InsertSql).With(runId).With(name))
            {
                insert.Run();
            }

            using var wake = db.Use(WakeIfThereSql).With(runId).With(name).With(now).With(now - Between);
            wake.Run();
        }
    }

    /// <summary>Marks the runs that wait for this name; the mark stays until a run writes again, so that no crash loses it.</summary>
    public static IReadOnlyList<string> Wake(Db db, string name, DateTimeOffset now)
    {
        using var wake = db.Use(WakeSql).With(name).With(now);
        List<string> woken = [];
        while (wake.Step())
        {
            woken.Add(wake.Text(0));
        }

        return woken;
    }
}
