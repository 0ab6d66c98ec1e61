using Responder.Engine;
using Responder.Engine.Journal;

namespace Responder.Storage.Sqlite;

/// <summary>A run's pending batch: all of it or nothing.</summary>
internal sealed class AppendOp(JournalBatch batch) : WriteOp<AppendResult>
{
    private static readonly Sql Advance = new("UPDATE runs SET last_seq = ?1 WHERE run_id = ?2 AND last_seq = ?3 AND epoch = ?4");
    private static readonly Sql Insert = new("INSERT INTO run_events (run_id, seq, at, type, version, payload) VALUES (?, ?, ?, ?, ?, ?)");
    private static readonly Sql IsOurs = new("SELECT 1 FROM runs WHERE run_id = ?1 AND last_seq = ?2 AND epoch = ?3");
    private static readonly Sql HasReached = new("SELECT 1 FROM runs WHERE run_id = ?1 AND last_seq >= ?2");

    private RunRow _row = batch.Row;

    // Nobody else writes: where the number has been reached it was by this. Later work of the same commit may have moved it on, or taken the run.
    public override bool? IsIn(Db db) => Result.Status == AppendStatus.Committed && batch.Events.Count > 0 ? Reached(db) : null;

    public override void Refuse(Exception failure) => Answer(new AppendResult(AppendStatus.Faulty, failure.Message));

    public override void Publish(CommitFeed feed)
    {
        if (feed.HasReaders && Result.Status == AppendStatus.Committed)
        {
            feed.Publish(new CommitNotice(batch.RunId, batch.Events, _row, batch.Changes));
            foreach (var started in Result.Started ?? [])
            {
                feed.Publish(new CommitNotice(started, [], Slots.GivenRow, []));
            }
        }
    }

    protected override AppendResult Work(Db db, DateTimeOffset now)
    {
        if (batch.Guard is { } guard && Guards.WhyNot(db, batch.RunId, guard, Released) is { } refusal)
        {
            return Ours(db) ? refusal : AppendResult.Fenced;
        }

        if (!Moved(db))
        {
            return AppendResult.Fenced;
        }

        WriteEvents(db, batch.RunId, batch.Events);
        _row = RunRows.Update(db, batch.RunId, batch.Row);
        var started = Changes.Write(db, batch.RunId, batch.Changes, now);

        // After the changes: one of them may give back what the guard takes.
        if (batch.Guard is { } held)
        {
            Guards.Lock(db, batch.RunId, held, now);
        }

        if (_row.Status.IsEnd())
        {
            started.AddRange(RunEnds.Clean(db, batch.RunId, now));
        }

        return started.Count == 0 ? AppendResult.Committed : new AppendResult(AppendStatus.Committed, Started: started);
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

    /// <summary>The steps whose locks this batch gives back: the run's next step may have the same target in the same batch.</summary>
    private IReadOnlyList<string> Released => [.. batch.Changes.OfType<LocksReleased>().Select(change => change.Path)];

    private long LastSeq => batch.ExpectedSeq + batch.Events.Count;

    // The fence: no other statement asks whether the run is still ours.
    private bool Moved(Db db)
    {
        using var advance = db.Use(Advance).With(LastSeq).With(batch.RunId).With(batch.ExpectedSeq).With(batch.Epoch);
        return advance.Run() == 1;
    }

    private bool Ours(Db db)
    {
        using var query = db.Use(IsOurs).With(batch.RunId).With(batch.ExpectedSeq).With(batch.Epoch);
        return query.Step();
    }

    private bool Reached(Db db)
    {
        using var query = db.Use(HasReached).With(batch.RunId).With(LastSeq);
        return query.Step();
    }
}
