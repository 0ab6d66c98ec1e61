using System.Text.Json;
using Responder.Engine.Journal;

namespace Responder.Storage.Sqlite;

/// <summary>The approvals' rows, as runs write them.</summary>
internal static class Approvals
{
    // An id is one run's: the row of another is not touched, and that is an error.
    private static readonly Sql PutSql = new("""
        INSERT INTO approvals (approval_id, run_id, path, step_id, title, status, asked_at, deadline, sort_at, gate, choice, decided_by, closed_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (approval_id) DO UPDATE SET path = excluded.path, step_id = excluded.step_id, title = excluded.title, status = excluded.status,
          asked_at = excluded.asked_at, deadline = excluded.deadline, sort_at = excluded.sort_at, gate = excluded.gate, choice = excluded.choice,
          decided_by = excluded.decided_by, closed_at = excluded.closed_at
        WHERE approvals.run_id = excluded.run_id
        """);

    private static readonly Sql CloseSql = new("""
        UPDATE approvals SET status = 'closed', choice = ?3, decided_by = ?4, how = ?5, closed_at = ?6 WHERE approval_id = ?1 AND run_id = ?2
        """);

    public static void Put(Db db, string runId, ApprovalRow row)
    {
        using var put = db.Use(PutSql).With(row.Id).With(runId).With(row.Path).With(row.StepId).With(row.Title).With(row.Status).With(row.AskedAt)
            .With(row.Deadline).With(SortAt(row.Deadline)).With(JsonSerializer.SerializeToUtf8Bytes(row.Gate, Sdk.Json.Options))
            .With(row.Choice).With(row.By).With(row.ClosedAt);
        if (put.Run() == 0)
        {
            throw new InvalidOperationException($"The approval id '{row.Id}' belongs to another run.");
        }
    }

    public static void Close(Db db, string runId, ApprovalClosed closed)
    {
        using var close = db.Use(CloseSql).With(closed.Id).With(runId).With(closed.Choice).With(closed.By).With(closed.How).With(closed.At);
        close.Run();
    }

    private static long SortAt(DateTimeOffset? deadline) => Values.Of(deadline) ?? long.MaxValue;
}
