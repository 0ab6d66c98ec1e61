using Responder.Engine;
using Responder.Engine.Journal;

namespace Responder.Storage.Sqlite;

/// <summary>A run's pending batch: all of it or nothing.</summary>
internal sealed class AppendOp(JournalBatch batch) : AppendWork(batch), ISqliteWork
{
    private static readonly Sql Advance = new("UPDATE runs SET last_seq = ?1 WHERE run_id = ?2 AND last_seq = ?3 AND epoch = ?4");
    private static readonly Sql Insert = new("INSERT INTO run_events (run_id, seq, at, type, version, payload) VALUES (?, ?, ?, ?, ?, ?)");
    private static readonly Sql IsOurs = new("SELECT 1 FROM runs WHERE run_id = ?1 AND last_seq = ?2 AND epoch = ?3");
    private static readonly Sql HasReached = new("SELECT 1 FROM runs WHERE run_id = ?1 AND last_seq >= ?2");

    // Nobody else writes: where the number has been reached it was by this. Later work of the same commit may have moved it on, or taken the run.
    public bool? IsIn(Db db) => Result.Status == AppendStatus.Committed && Batch.Events.Count > 0 ? Reached(db) : null;

    public void Apply(Db db, DateTimeOffset now) => Result = Append(db, now);

    private AppendResult Append(Db db, DateTimeOffset now)
    {
        if (Batch.Guard is { } guard && Guards.WhyNot(db, Batch.RunId, guard, Released, now) is { } refusal)
        {
            return Ours(db) ? refusal : AppendResult.Fenced;
        }

        if (!Moved(db))
        {
            return AppendResult.Fenced;
        }

        WriteEvents(db, Batch.RunId, Batch.Events);
        Row = RunRows.Update(db, Batch.RunId, Batch.Row);
        var started = Changes.Write(db, Batch.RunId, Batch.Changes, now);

        // After the changes: one of them may give back what the guard takes.
        if (Batch.Guard is { } held)
        {
            Guards.Take(db, Batch.RunId, held, now);
        }

        if (Row.Status.IsEnd())
        {
            started.AddRange(RunEnds.Clean(db, Batch.RunId, now));
        }

        return CommittedWith(started);
    }

    /// <summary>Writes events as they are; the caller has the right to.</summary>
    internal static void WriteEvents(Db db, string runId, IReadOnlyList<StoredEvent> events)
    {
        foreach (var entry in events)
        {
            using var insert = db.Use(Insert).With(runId).With(entry.Seq).With(entry.At).With(entry.Type).With(entry.Version).With(entry.Payload.Span);
            insert.Run();
        }
    }

    // The fence: no other statement asks whether the run is still ours.
    private bool Moved(Db db)
    {
        using var advance = db.Use(Advance).With(LastSeq).With(Batch.RunId).With(Batch.ExpectedSeq).With(Batch.Epoch);
        return advance.Run() == 1;
    }

    private bool Ours(Db db)
    {
        using var query = db.Use(IsOurs).With(Batch.RunId).With(Batch.ExpectedSeq).With(Batch.Epoch);
        return query.Step();
    }

    private bool Reached(Db db)
    {
        using var query = db.Use(HasReached).With(Batch.RunId).With(LastSeq);
        return query.Step();
    }
}
