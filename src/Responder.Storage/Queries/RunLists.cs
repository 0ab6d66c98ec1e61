using System.Data.Common;
using Dapper;
using Responder.Engine;
using Responder.Engine.Journal;

namespace Responder.Storage;

/// <summary>Runs for lists.</summary>
internal static class RunLists
{
    // Word for word the conditions of the partial indexes runs_open and runs_ended, which are used only then.
    private const string Open = "r.status IN ('queued', 'running', 'waiting', 'in_doubt')";
    private const string Over = "r.status IN ('succeeded', 'failed', 'rejected', 'cancelled')";

    private const string Select = """
        SELECT r.run_id AS RunId, r.playbook AS Playbook, r.title AS Title, r.status AS Status, r.outcome AS Outcome, r.reason AS Reason,
          r.alert_id AS AlertId, r.started_by AS StartedBy, r.created_at AS CreatedAt, r.started_at AS StartedAt, r.ended_at AS EndedAt, r.due_at AS DueAt,
          r.definition_hash AS DefinitionHash, (SELECT s.run_id FROM slots s WHERE r.status = 'queued' AND s.key = r.concurrency_key) AS QueuedBehind
        FROM runs r
        """;

    public static Task<Page<RunListItem>> ListAsync(DbConnection db, RunFilter filter) => Query(filter).ReadAsync<RunRecord, RunListItem>(
        db, filter.Limit, filter.Cursor, record => record.ToItem(), record => (record.CreatedAt, record.RunId));

    public static async Task<RunListItem?> FindAsync(DbConnection db, string runId) =>
        (await db.QuerySingleOrDefaultAsync<RunRecord>(Select + " WHERE r.run_id = @runId", new { runId }))?.ToItem();

    internal static ListQuery Query(RunFilter filter)
    {
        var query = new ListQuery(Select, "r.created_at", "r.run_id", newestFirst: true)
            .Where("r.status = @status", "status", filter.Status is { } status ? Values.Of(status) : null)
            .Where("r.playbook = @playbook", "playbook", filter.Playbook)
            .Where(
                "r.run_id IN (SELECT run_id FROM alert_runs WHERE alert_id = @alert UNION SELECT run_id FROM runs WHERE alert_id = @alert)", "alert", filter.AlertId);
        return filter.Status is { } asked ? query.Where(asked.IsEnd() ? Over : Open) : query;
    }
}
