using Responder.Engine.Access;

namespace Responder.Storage.Sqlite;

internal sealed class SqliteSettings(Writer writer, Readers readers) : IStoredSettings
{
    private static readonly Sql GetSql = new("SELECT value FROM settings WHERE name = ?1");
    private static readonly Sql SetSql = new("INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value");
    private static readonly Sql AddSql = new("INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING");
    private static readonly Sql RemoveSql = new("DELETE FROM settings WHERE name = ?1");

    public async Task<string?> GetAsync(string name, CancellationToken cancel) => await readers.ReadAsync(db => Get(db, name), cancel);

    public Task SetAsync(string name, string? value, CancellationToken cancel) => writer.DoAsync(
        (db, _) =>
        {
            using var set = value is null ? db.Use(RemoveSql).With(name) : db.Use(SetSql).With(name).With(value);
            return set.Run();
        },
        cancel);

    public async Task<string> GetOrAddAsync(string name, string value, CancellationToken cancel) =>
        await GetAsync(name, cancel) ?? await writer.DoAsync((db, _) => GetOrAdd(db, name, value), cancel);

    private static string? Get(Db db, string name)
    {
        using var query = db.Use(GetSql).With(name);
        return query.Step() ? query.Text(0) : null;
    }

    private static string GetOrAdd(Db db, string name, string value)
    {
        using (var add = db.Use(AddSql).With(name).With(value))
        {
            add.Run();
        }

        return Get(db, name)!;
    }
}
