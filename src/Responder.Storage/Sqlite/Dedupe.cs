using Responder.Engine.Journal;

namespace Responder.Storage.Sqlite;

/// <summary>Dedupe keys: one row for a playbook and key, which counts for the window that the asking playbook says, from its run's start.</summary>
internal static class Dedupe
{
    private static readonly Sql FindSql = new("SELECT run_id, at FROM dedupe WHERE playbook = ?1 AND key = ?2");

    private static readonly Sql NoteSql = new("""
        INSERT INTO dedupe (playbook, key, run_id, at) VALUES (?, ?, ?, ?)
        ON CONFLICT (playbook, key) DO UPDATE SET run_id = excluded.run_id, at = excluded.at
        """);

    public static string? RunThatIsThere(Db db, NewRun run) => There(db, run, run.DedupeKey, run.DedupeWindow) ?? There(db, run, run.AlertKey, NewRun.AlertWindow);

    public static void Note(Db db, NewRun run)
    {
        foreach (var key in (ReadOnlySpan<string?>)[run.DedupeKey, run.AlertKey])
        {
            if (key is not null)
            {
                using var note = db.Use(NoteSql).With(run.Playbook).With(key).With(run.RunId).With(run.CreatedAt);
                note.Run();
            }
        }
    }

    private static string? There(Db db, NewRun run, string? key, TimeSpan window)
    {
        if (key is null)
        {
            return null;
        }

        using var query = db.Use(FindSql).With(run.Playbook).With(key);
        return query.Step() && query.Time(1) + window > run.CreatedAt ? query.Text(0) : null;
    }
}
