using System.Text.Json;
using Dapper;
using Responder.Engine.Journal;

namespace Responder.Storage;

internal sealed class Inbox(ISqlDoor door, TimeProvider time) : IEventInbox
{
    /// <summary>A run reads the inbox before it writes that it waits. An event that came between the two is found within this; older ones it has seen.</summary>
    public static TimeSpan Between { get; } = TimeSpan.FromMinutes(1);

    // The mark that wakes a run stays until it writes again, so that no crash loses it.
    public Task<IReadOnlyList<string>> PutAsync(InboxEvent entry, CancellationToken cancel) => door.WriteAsync<IReadOnlyList<string>>(
        Alone.Event(entry.Name),
        async db =>
        {
            await db.ExecuteAsync(
                "INSERT INTO inbox (event_id, name, at, payload) VALUES (@Id, @Name, @at, @payload) ON CONFLICT DO NOTHING",
                new { entry.Id, entry.Name, at = Values.Of(entry.At), payload = entry.Payload.GetRawText() });
            return [.. await db.QueryAsync<string>(
                "UPDATE runs SET woken_at = @now WHERE run_id IN (SELECT run_id FROM awaited WHERE name = @Name) RETURNING run_id",
                new { entry.Name, now = Values.Of(time.GetUtcNow()) })];
        },
        cancel);

    public async Task<IReadOnlyList<InboxEvent>> ReadAsync(string name, DateTimeOffset since, CancellationToken cancel) =>
        [.. (await door.ReadAsync(db => db.QueryAsync<(string Id, long At, string Payload)>(
                "SELECT event_id, at, payload FROM inbox WHERE name = @name AND at >= @since ORDER BY at, event_id", new { name, since = Values.Of(since) }), cancel))
            .Select(row => new InboxEvent(row.Id, name, Values.Time(row.At), JsonSerializer.Deserialize<JsonElement>(row.Payload)))];
}
