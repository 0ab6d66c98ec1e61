using Responder.Engine.Journal;

namespace Responder.Storage.Sqlite;

/// <summary>Errands as they are written with what they follow from.</summary>
internal static class ErrandRows
{
    private static readonly Sql InsertSql = new("INSERT INTO errands (errand_id, kind, run_id, payload, due_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
    private static readonly Sql EndSql = new("UPDATE errands SET due_at = ?2 WHERE run_id = ?1 AND due_at IS NULL AND attempts = 0");

    /// <summary>Writes errands down.</summary>
    /// <param name="db">The open transaction.</param>
    /// <param name="errands">The errands.</param>
    /// <param name="runId">Their run; null for those of an alert.</param>
    /// <param name="now">When those are due that wait for nothing.</param>
    /// <param name="ended">True where the run is over already.</param>
    public static void Insert(Db db, IReadOnlyList<NewErrand> errands, string? runId, DateTimeOffset now, bool ended)
    {
        foreach (var errand in errands)
        {
            using var insert = db.Use(InsertSql).With(errand.Id).With(errand.Kind).With(runId).With(errand.Payload)
                .With(errand.AtEnd && !ended ? (DateTimeOffset?)null : now);
            insert.Run();
        }
    }

    /// <summary>The run has ended: what waited for that is due.</summary>
    public static void End(Db db, string runId, DateTimeOffset now)
    {
        using var end = db.Use(EndSql).With(runId).With(now);
        end.Run();
    }
}
