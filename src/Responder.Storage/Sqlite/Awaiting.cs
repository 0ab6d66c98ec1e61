namespace Responder.Storage.Sqlite;

/// <summary>Which runs wait for events of a name.</summary>
internal static class Awaiting
{
    private static readonly Sql DeleteSql = new("DELETE FROM awaited WHERE run_id = ?1");
    private static readonly Sql InsertSql = new("INSERT INTO awaited (run_id, name) VALUES (?, ?) ON CONFLICT DO NOTHING");

    private static readonly Sql WakeIfThereSql = new("""
        UPDATE runs SET woken_at = ?3 WHERE run_id = ?1 AND EXISTS (SELECT 1 FROM inbox WHERE name = ?2 AND at >= ?4)
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

            using var wake = db.Use(WakeIfThereSql).With(runId).With(name).With(now).With(now - Inbox.Between);
            wake.Run();
        }
    }
}
