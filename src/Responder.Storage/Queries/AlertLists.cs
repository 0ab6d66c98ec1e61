using System.Data.Common;
using Dapper;
using Responder.Engine.Journal;

namespace Responder.Storage;

/// <summary>Alerts for lists.</summary>
internal static class AlertLists
{
    private const string Select = """
        SELECT alert_id AS Id, source AS Source, delivery_key AS DeliveryKey, received_at AS ReceivedAt, status AS Status, title AS Title,
          severity AS Severity, host AS Host, "user" AS User, normal AS Normal, raw AS Raw, explanation AS Explanation
        FROM alerts
        """;

    public static Task<Page<AlertRow>> ListAsync(DbConnection db, AlertFilter filter) => Query(filter).ReadAsync<AlertRecord, AlertRow>(
        db, filter.Limit, filter.Cursor, record => record.ToRow(), record => (record.ReceivedAt, record.Id));

    public static async Task<AlertRow?> FindAsync(DbConnection db, string id) =>
        (await db.QuerySingleOrDefaultAsync<AlertRecord>(Select + " WHERE alert_id = @id", new { id }))?.ToRow();

    internal static ListQuery Query(AlertFilter filter) => new ListQuery(Select, "received_at", "alert_id", newestFirst: true)
        .Where("source = @source", "source", filter.Source)
        .Where("status = @status", "status", filter.Status)
        .Where("severity >= @severity", "severity", filter.LeastSeverity is { } least ? (long)least : null)
        .Where("normal LIKE @technique ESCAPE '!'", "technique", filter.Technique is { } technique ? $"%\"{Literal(technique)}\"%" : null)
        .Where("lower(host) = lower(@host)", "host", filter.Host)
        .Where("lower(\"user\") = lower(@user)", "user", filter.User);

    private static string Literal(string text) => text.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal);
}
