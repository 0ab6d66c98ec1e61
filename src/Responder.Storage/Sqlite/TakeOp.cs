namespace Responder.Storage.Sqlite;

/// <summary>Raises a run's epoch: from its commit on every other owner is fenced. The result is the new epoch; null where there is no such run.</summary>
internal sealed class TakeOp(string runId, string owner) : WriteOp<long?>, ISqliteWork
{
    // A run that waits is owned from here on too, so that it is found again where this process dies before it writes down what woke it.
    private static readonly Sql TakeSql = new("""
        UPDATE runs SET epoch = epoch + 1, taker = ?2, woken_at = NULL,
          owner = iif(status IN ('succeeded', 'failed', 'rejected', 'cancelled'), NULL, ?2)
        WHERE run_id = ?1 RETURNING epoch
        """);

    public void Apply(Db db, DateTimeOffset now)
    {
        using var take = db.Use(TakeSql).With(runId).With(owner);
        Result = take.Step() ? take.Long(0) : null;
    }
}
