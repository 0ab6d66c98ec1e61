using Responder.Engine.Journal;

namespace Responder.Storage.Sqlite;

/// <summary>Notes that a run's loop threw; the result is how often it did, 0 where there is no such run.</summary>
internal sealed class LoopFailureOp(string runId, string reason, IReadOnlyList<TimeSpan> retryAfter, DateTimeOffset at) : WriteOp<int>, ISqliteWork
{
    // woken_at makes the sweep look at it again, retry_at not before its time: whatever the loop had been woken for is not lost.
    private static readonly Sql CountSql = new("""
        UPDATE runs SET owner = NULL, failures = failures + 1, loop_error = ?2, woken_at = ?3
        WHERE run_id = ?1 AND status NOT IN ('succeeded', 'failed', 'rejected', 'cancelled') RETURNING failures
        """);

    private static readonly Sql RetrySql = new("UPDATE runs SET retry_at = ?2 WHERE run_id = ?1");

    // Out of patience: the sweep leaves it alone until a person has let it go on and it writes again.
    private static readonly Sql DoubtSql = new(
        $"UPDATE runs SET status = 'in_doubt', reason = ?2, retry_at = {long.MaxValue} WHERE run_id = ?1 RETURNING {RunRows.Columns}");

    private RunRow? _inDoubt;

    public override void Publish(CommitFeed feed)
    {
        if (_inDoubt is not null && feed.HasReaders)
        {
            feed.Publish(new CommitNotice(runId, [], _inDoubt, []));
        }
    }

    public void Apply(Db db, DateTimeOffset now) => Result = Note(db);

    private int Note(Db db)
    {
        var failures = Count(db);
        if (failures > 0 && failures <= retryAfter.Count)
        {
            using var retry = db.Use(RetrySql).With(runId).With(at + retryAfter[failures - 1]);
            retry.Run();
        }
        else if (failures > 0)
        {
            using var doubt = db.Use(DoubtSql).With(runId).With($"The run's loop failed {failures} times; a person must look. {reason}");
            _inDoubt = doubt.Step() ? RunRows.Read(doubt, 0) : null;
        }

        return failures;
    }

    private int Count(Db db)
    {
        using var count = db.Use(CountSql).With(runId).With(reason).With(at);
        return count.Step() ? (int)count.Long(0) : 0;
    }
}
