using System.Text.Json;
using Dapper;
using Responder.Engine.Alerts;
using Json = Responder.Sdk.Json;

namespace Responder.Storage;

internal sealed class Windows(ISqlDoor door) : IWindowStore
{
    public async Task<IReadOnlyList<WindowState>> LoadAsync(CancellationToken cancel) =>
        [.. (await door.ReadAsync(db => db.QueryAsync<string>("SELECT state FROM windows ORDER BY key"), cancel))
            .Select(state => JsonSerializer.Deserialize<WindowState>(state, Json.Options)!)];

    public Task SaveAsync(IReadOnlyList<WindowState> states, CancellationToken cancel)
    {
        // Written out here, not in the transaction: a window may hold thousands of events. In one order, so that two nodes don't meet crosswise.
        var rows = states.OrderBy(state => state.Key, StringComparer.Ordinal)
            .Select(state => (state.Key, Json: state.Events.Count == 0 ? null : JsonSerializer.Serialize(state, Json.Options))).ToList();
        return rows.Count == 0 ? Task.CompletedTask : door.WriteAsync(
            null,
            async db =>
            {
                foreach (var (key, json) in rows)
                {
                    await db.ExecuteAsync(
                        json is null
                            ? "DELETE FROM windows WHERE key = @key"
                            : "INSERT INTO windows (key, state) VALUES (@key, @json) ON CONFLICT (key) DO UPDATE SET state = excluded.state",
                        new { key, json });
                }

                return rows.Count;
            },
            cancel);
    }
}
