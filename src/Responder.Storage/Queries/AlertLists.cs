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

    public static Task<Page<AlertRow>> ListAsync(DbConnection db, int limit, string? cursor) => Query().ReadAsync<AlertRecord, AlertRow>(
        db, limit, cursor, record => record.ToRow(), record => (record.ReceivedAt, record.Id));

    public static async Task<AlertRow?> FindAsync(DbConnection db, string id) =>
        (await db.QuerySingleOrDefaultAsync<AlertRecord>(Select + " WHERE alert_id = @id", new { id }))?.ToRow();

    internal static ListQuery Query() => new(Select, "received_at", "alert_id", newestFirst: true);
}
