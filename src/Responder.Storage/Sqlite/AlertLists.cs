using Dapper;
using Responder.Engine.Journal;

namespace Responder.Storage.Sqlite;

/// <summary>Alerts for lists.</summary>
internal static class AlertLists
{
    private const string Select = """
        SELECT alert_id AS Id, source AS Source, delivery_key AS DeliveryKey, received_at AS ReceivedAt, status AS Status, title AS Title,
          severity AS Severity, host AS Host, user AS User, normal AS Normal, raw AS Raw, explanation AS Explanation
        FROM alerts
        """;

    public static Page<AlertRow> List(Db db, int limit, string? cursor) => Query().Read<AlertRecord, AlertRow>(
        db.Connection, limit, cursor, record => record.ToRow(), record => (record.ReceivedAt, record.Id));

    public static AlertRow? Find(Db db, string id) =>
        db.Connection.QuerySingleOrDefault<AlertRecord>(Select + " WHERE alert_id = @id", new { id })?.ToRow();

    internal static ListQuery Query() => new(Select, "received_at", "alert_id", newestFirst: true);
}
