using System.Collections.Concurrent;
using Dapper;
using Responder.Engine.Access;
using Responder.Engine.Audit;

namespace Responder.Storage;

internal sealed class ApiKeys(ISqlDoor door, TimeProvider time) : IApiKeys
{
    private const string Select = """
        SELECT key_id AS Id, name AS Name, scopes AS Scopes, created_by AS CreatedBy, created_at AS CreatedAt, last_used_at AS LastUsedAt, revoked_at AS RevokedAt,
          allowed_from AS AllowedFrom, per_minute AS PerMinute, signs AS Signs
        FROM api_keys
        """;

    private static readonly TimeSpan UseIsKeptTo = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _noted = new(StringComparer.Ordinal);

    public Task AddAsync(ApiKeyRow key, string hash, CancellationToken cancel) => door.WriteAsync(
        null,
        db => db.ExecuteAsync(
            """
            INSERT INTO api_keys (key_id, hash, name, scopes, created_by, created_at, last_used_at, revoked_at, allowed_from, per_minute, signs)
            VALUES (@Id, @hash, @Name, @scopes, @CreatedBy, @created, @used, @revoked, @from, @often, @signs)
            """,
            new
            {
                key.Id, hash, key.Name, scopes = string.Join(' ', key.Scopes), key.CreatedBy, created = Values.Of(key.CreatedAt), used = Values.Of(key.LastUsedAt),
                revoked = Values.Of(key.RevokedAt), from = key.AllowedFrom.Count == 0 ? null : string.Join(' ', key.AllowedFrom), often = (long?)key.PerMinute, signs = key.Signs ? 1L : 0L,
            }),
        cancel,
        _ => new AuditEntry(AuditKinds.Key, key.CreatedBy, "made", $"{key.Name} ({key.Id})") { Result = string.Join(' ', key.Scopes) });

    public async Task<ApiKeyRow?> FindAsync(string hash, CancellationToken cancel) =>
        (await door.ReadAsync(db => db.QuerySingleOrDefaultAsync<ApiKeyRecord>(Select + " WHERE hash = @hash", new { hash }), cancel))?.ToRow();

    public async Task<ApiKeyRow?> ByIdAsync(string id, CancellationToken cancel) =>
        (await door.ReadAsync(db => db.QuerySingleOrDefaultAsync<ApiKeyRecord>(Select + " WHERE key_id = @id", new { id }), cancel))?.ToRow();

    public Task<bool> UseOnceAsync(string signature, DateTimeOffset until, CancellationToken cancel) => door.WriteAsync(
        null,
        async db =>
        {
            await db.ExecuteAsync("DELETE FROM used_signatures WHERE until < @now", new { now = Values.Of(time.GetUtcNow()) });
            return await db.ExecuteAsync(
                "INSERT INTO used_signatures (signature, until) VALUES (@signature, @until) ON CONFLICT DO NOTHING", new { signature, until = Values.Of(until) }) == 1;
        },
        cancel);

    public async Task<IReadOnlyList<ApiKeyRow>> ListAsync(CancellationToken cancel) =>
        [.. (await door.ReadAsync(db => db.QueryAsync<ApiKeyRecord>(Select + " ORDER BY created_at DESC, key_id"), cancel)).Select(record => record.ToRow())];

    public async Task<bool> RevokeAsync(string id, string by, DateTimeOffset at, CancellationToken cancel) => await door.WriteAsync(
        null,
        db => db.ExecuteAsync("UPDATE api_keys SET revoked_at = @at WHERE key_id = @id AND revoked_at IS NULL", new { id, at = Values.Of(at) }),
        cancel,
        changed => changed == 0 ? null : new AuditEntry(AuditKinds.Key, by, "revoked", id)) == 1;

    public void NoteUse(string id, DateTimeOffset at)
    {
        // A busy key must not cost a commit for each of its requests.
        if (_noted.TryGetValue(id, out var before) && at - before < UseIsKeptTo)
        {
            return;
        }

        _noted[id] = at;
        door.Post(db => db.ExecuteAsync(
            "UPDATE api_keys SET last_used_at = @at WHERE key_id = @id AND (last_used_at IS NULL OR last_used_at < @at)", new { id, at = Values.Of(at) }));
    }
}
