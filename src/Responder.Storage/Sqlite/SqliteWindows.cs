using System.Text.Json;
using Responder.Engine.Alerts;
using Responder.Sdk;

namespace Responder.Storage.Sqlite;

internal sealed class SqliteWindows(Writer writer, Readers readers) : IWindowStore
{
    private static readonly Sql LoadSql = new("SELECT state FROM windows ORDER BY key");
    private static readonly Sql SaveSql = new("INSERT INTO windows (key, state) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET state = excluded.state");
    private static readonly Sql RemoveSql = new("DELETE FROM windows WHERE key = ?1");

    public async Task<IReadOnlyList<WindowState>> LoadAsync(CancellationToken cancel) => await readers.ReadAsync(Load, cancel);

    public Task SaveAsync(IReadOnlyList<WindowState> states, CancellationToken cancel)
    {
        // Written out here, not on the writer's thread: a window may hold thousands of events.
        var rows = states.Select(state => (state.Key, Json: state.Events.Count == 0 ? null : JsonSerializer.SerializeToUtf8Bytes(state, Json.Options))).ToList();
        return rows.Count == 0 ? Task.CompletedTask : writer.DoAsync((db, _) => Save(db, rows), cancel);
    }

    private static IReadOnlyList<WindowState> Load(Db db)
    {
        using var query = db.Use(LoadSql);
        List<WindowState> states = [];
        while (query.Step())
        {
            states.Add(query.Json(0).Deserialize<WindowState>(Json.Options)!);
        }

        return states;
    }

    private static int Save(Db db, List<(string Key, byte[]? Json)> rows)
    {
        foreach (var (key, json) in rows)
        {
            using var write = json is null ? db.Use(RemoveSql).With(key) : db.Use(SaveSql).With(key).With(json);
            write.Run();
        }

        return rows.Count;
    }
}
