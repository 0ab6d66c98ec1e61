using Responder.Engine;
using Responder.Engine.Journal;

namespace Responder.Storage.Sqlite;

/// <summary>The part of a run's row that follows from its state.</summary>
internal static class RunRows
{
    public const string Columns = "status, outcome, reason, due_at, started_at, ended_at, owner IS NOT NULL";

    // Most batches change nothing here: then no row is written and no index touched.
    private static readonly Sql Set = new("""
        UPDATE runs SET status = ?2, outcome = ?3, reason = ?4, due_at = ?5, started_at = ?6, ended_at = ?7, owner = iif(?8, taker, NULL),
          woken_at = NULL, retry_at = 0, failures = iif(?2 = 'running', failures, 0)
        WHERE run_id = ?1 AND ((status, outcome, reason, due_at, started_at, ended_at, owner, woken_at, retry_at) IS NOT (?2, ?3, ?4, ?5, ?6, ?7, iif(?8, taker, NULL), NULL, 0)
          OR (failures <> 0 AND ?2 <> 'running'))
        """);

    /// <summary>Brings the row to what the run says, and tells what it is then.</summary>
    public static RunRow Update(Db db, string runId, RunRow row)
    {
        var fit = Fit(db, runId, row);
        using var set = db.Use(Set).With(runId).With(Values.Of(fit.Status)).With(fit.Outcome).With(fit.Reason).With(fit.DueAt)
            .With(fit.StartedAt).With(fit.EndedAt).With(fit.Owned);
        set.Run();
        return fit;
    }

    public static RunRow Read(Statement query, int from) => new(
        Values.Enum<RunStatus>(query.Text(from)), query.TextOrNull(from + 1), query.TextOrNull(from + 2), query.TimeOrNull(from + 3),
        query.TimeOrNull(from + 4), query.TimeOrNull(from + 5), query.Long(from + 6) != 0);

    // A run at its end has no owner and no due time. A queued one that was given its slot while it wrote this is queued no longer.
    private static RunRow Fit(Db db, string runId, RunRow row) => row.Status switch
    {
        var status when status.IsEnd() => row with { DueAt = null, Owned = false },
        RunStatus.Queued when Slots.HasOne(db, runId) => row with { Status = RunStatus.Running, Owned = false },
        _ => row,
    };
}
