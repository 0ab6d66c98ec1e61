using Responder.Engine.Journal;

namespace Responder.Storage.Sqlite;

internal sealed class SqliteInbox(Writer writer, Readers readers) : IEventInbox
{
    private static readonly Sql PutSql = new("INSERT INTO inbox (event_id, name, at, payload) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING");
    private static readonly Sql ReadSql = new("SELECT event_id, at, payload FROM inbox WHERE name = ?1 AND at >= ?2 ORDER BY at, event_id");

    public Task<IReadOnlyList<string>> PutAsync(InboxEvent entry, CancellationToken cancel) =>
        writer.DoAsync((db, now) => Put(db, entry, now), cancel);

    public async Task<IReadOnlyList<InboxEvent>> ReadAsync(string name, DateTimeOffset since, CancellationToken cancel) =>
        await readers.ReadAsync(db => Read(db, name, since), cancel);

    private static IReadOnlyList<string> Put(Db db, InboxEvent entry, DateTimeOffset now)
    {
        using (var put = db.Use(PutSql).With(entry.Id).With(entry.Name).With(entry.At).With(entry.Payload))
        {
            put.Run();
        }

        return Awaiting.Wake(db, entry.Name, now);
    }

    private static List<InboxEvent> Read(Db db, string name, DateTimeOffset since)
    {
        using var query = db.Use(ReadSql).With(name).With(since);
        List<InboxEvent> events = [];
        while (query.Step())
        {
            events.Add(new InboxEvent(query.Text(0), name, query.Time(1), query.Json(2)));
        }

        return events;
    }
}
