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

    // SQLite takes several conditions on columns without an index for so rare that it reads and sorts the whole table; `likely` has it walk by age and stop when the page is full.
    internal static ListQuery Query(AlertFilter filter) => new ListQuery(Select, "received_at", "alert_id", newestFirst: true)
        .Where("likely(source = @source)", "source", filter.Source)
        .Where("likely(status = @status)", "status", filter.Status)
        .Where("likely(severity >= @severity)", "severity", filter.LeastSeverity is { } least ? (long)least : null)
        .Where("likely(normal LIKE @technique ESCAPE '!')", "technique", filter.Technique is { } technique ? $"%\"{Literal(technique)}\"%" : null)
        .Where("host IS NOT NULL AND lower(host) = lower(@host)", "host", filter.Host)
        .Where("\"user\" IS NOT NULL AND lower(\"user\") = lower(@user)", "user", filter.User);

    private static string Literal(string text) => text.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal);
}
