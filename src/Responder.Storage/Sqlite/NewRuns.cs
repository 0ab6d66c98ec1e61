using Responder.Engine.Journal;

namespace Responder.Storage.Sqlite;

/// <summary>The first rows of a run.</summary>
internal static class NewRuns
{
    private static readonly Sql InsertSql = new("""
        INSERT INTO runs (run_id, last_seq, epoch, taker, owner, status, outcome, reason, ended_at, playbook, title, definition_hash, alert_id, started_by,
          created_at, priority, concurrency_key)
        VALUES (?, ?, ?, ?, ?, ?, NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """);

    /// <summary>Writes a run that was <c>started</c>, <c>queued</c> or <c>failed</c>; the epoch to append with.</summary>
    public static long Insert(Db db, NewRun run, string status)
    {
        var owner = status == "started" ? run.Owner : null;
        var epoch = owner is null ? 0 : 1;
        var events = AdmitWork.EventsOf(run, status);
        var row = AdmitWork.RowOf(run, status)!;
        using (var insert = db.Use(InsertSql).With(run.RunId).With(events[^1].Seq).With(epoch).With(owner).With(owner).With(Values.Of(row.Status))
            .With(row.Reason).With(row.EndedAt).With(run.Playbook).With(run.Title).With(run.DefinitionHash).With(run.AlertId).With(run.StartedBy)
            .With(run.CreatedAt).With(run.Priority).With(run.ConcurrencyKey))
        {
            insert.Run();
        }

        AppendOp.WriteEvents(db, run.RunId, events);
        return epoch;
    }
}
