using Dapper;
using Responder.Engine.Access;

namespace Responder.Storage;

internal sealed class StoredSettings(ISqlDoor door) : IStoredSettings
{
    private const string Get = "SELECT value FROM settings WHERE name = @name";

    public Task<string?> GetAsync(string name, CancellationToken cancel) => door.ReadAsync(db => db.ExecuteScalarAsync<string?>(Get, new { name }), cancel);

    public Task SetAsync(string name, string? value, CancellationToken cancel) => door.WriteAsync(
        null,
        db => db.ExecuteAsync(
            value is null
                ? "DELETE FROM settings WHERE name = @name"
                : "INSERT INTO settings (name, value) VALUES (@name, @value) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            new { name, value }),
        cancel);

    // The time first, in a form that is in order as text: "2026-03-04T05:06:07.890Z node-1".
    public Task<string> ClaimAsync(string name, string owner, DateTimeOffset now, DateTimeOffset until, CancellationToken cancel) => door.WriteAsync(
        null,
        async db =>
        {
            await db.ExecuteAsync(
                """
                INSERT INTO settings (name, value) VALUES (@name, @until || ' ' || @owner)
                ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE substr(settings.value, 1, 24) < @now OR substr(settings.value, 26) = @owner
                """,
                new { name, owner, now = Sdk.Json.Time(now), until = Sdk.Json.Time(until) });
            return (await db.ExecuteScalarAsync<string>(Get, new { name }))![25..];
        },
        cancel);

    public async Task<string> GetOrAddAsync(string name, string value, CancellationToken cancel) => await GetAsync(name, cancel) ?? await door.WriteAsync(
        null,
        async db =>
        {
            await db.ExecuteAsync("INSERT INTO settings (name, value) VALUES (@name, @value) ON CONFLICT DO NOTHING", new { name, value });
            return (await db.ExecuteScalarAsync<string>(Get, new { name }))!;
        },
        cancel);
}
