using System.Data.Common;
using Dapper;
using Responder.Engine.Journal;

namespace Responder.Storage;

/// <summary>Approvals for lists and for deciding.</summary>
internal static class ApprovalLists
{
    private const string Select = """
        SELECT approval_id AS Id, run_id AS RunId, path AS Path, step_id AS StepId, title AS Title, status AS Status, asked_at AS AskedAt, deadline AS Deadline,
          sort_at AS SortAt, gate AS Gate, choice AS Choice, decided_by AS DecidedBy, closed_at AS ClosedAt
        FROM approvals
        """;

    public static Task<Page<ApprovalRow>> ListAsync(DbConnection db, string? status, string? runId, int limit, string? cursor) =>
        Query(status, runId).ReadAsync<ApprovalRecord, ApprovalRow>(db, limit, cursor, record => record.ToRow(), record => (record.SortAt, record.Id));

    public static async Task<ApprovalRow?> FindAsync(DbConnection db, string id) =>
        (await db.QuerySingleOrDefaultAsync<ApprovalRecord>(Select + " WHERE approval_id = @id", new { id }))?.ToRow();

    // The state as a constant where it is the usual one: the partial index is used only then.
    internal static ListQuery Query(string? status, string? runId)
    {
        var query = new ListQuery(Select, "sort_at", "approval_id", newestFirst: false).Where("run_id = @run", "run", runId);
        return status == "pending" ? query.Where("status = 'pending'") : query.Where("status = @status", "status", status);
    }
}
