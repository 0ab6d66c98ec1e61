using Dapper;
using Responder.Engine.Journal;

namespace Responder.Storage.Sqlite;

/// <summary>Approvals for lists and for deciding.</summary>
internal static class ApprovalLists
{
    private const string Select = """
        SELECT approval_id AS Id, run_id AS RunId, path AS Path, step_id AS StepId, title AS Title, status AS Status, asked_at AS AskedAt, deadline AS Deadline,
          sort_at AS SortAt, gate AS Gate, choice AS Choice, decided_by AS DecidedBy, closed_at AS ClosedAt
        FROM approvals
        """;

    public static Page<ApprovalRow> List(Db db, string? status, string? runId, int limit, string? cursor) =>
        Query(status, runId).Read<ApprovalRecord, ApprovalRow>(db.Connection, limit, cursor, record => record.ToRow(), record => (record.SortAt, record.Id));

    public static ApprovalRow? Find(Db db, string id) =>
        db.Connection.QuerySingleOrDefault<ApprovalRecord>(Select + " WHERE approval_id = @id", new { id })?.ToRow();

    // The state as a constant where it is the usual one: SQLite uses the partial index only then.
    internal static ListQuery Query(string? status, string? runId)
    {
        var query = new ListQuery(Select, "sort_at", "approval_id", newestFirst: false).Where("run_id = @run", "run", runId);
        return status == "pending" ? query.Where("status = 'pending'") : query.Where("status = @status", "status", status);
    }
}
