using System.Collections.Concurrent;
using Responder.Engine.Access;

namespace Responder.Storage.Sqlite;

internal sealed class SqliteApiKeys(Writer writer, Readers readers) : IApiKeys
{
    private const string Columns = "key_id, name, scopes, created_by, created_at, last_used_at, revoked_at, allowed_from, per_minute, signs";
    private static readonly TimeSpan UseIsKeptTo = TimeSpan.FromMinutes(1);

    private static readonly Sql AddSql = new(
        "INSERT INTO api_keys (key_id, hash, name, scopes, created_by, created_at, last_used_at, revoked_at, allowed_from, per_minute, signs) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

    private static readonly Sql FindSql = new($"SELECT {Columns} FROM api_keys WHERE hash = ?1");
    private static readonly Sql ByIdSql = new($"SELECT {Columns} FROM api_keys WHERE key_id = ?1");
    private static readonly Sql SignatureSql = new("INSERT INTO used_signatures (signature, until) VALUES (?, ?) ON CONFLICT DO NOTHING");
    private static readonly Sql ForgetSql = new("DELETE FROM used_signatures WHERE until < ?1");
    private static readonly Sql ListSql = new($"SELECT {Columns} FROM api_keys ORDER BY created_at DESC, key_id");
    private static readonly Sql RevokeSql = new("UPDATE api_keys SET revoked_at = ?2 WHERE key_id = ?1 AND revoked_at IS NULL");
    private static readonly Sql UseSql = new("UPDATE api_keys SET last_used_at = max(coalesce(last_used_at, 0), ?2) WHERE key_id = ?1");

    private readonly ConcurrentDictionary<string, DateTimeOffset> _noted = new(StringComparer.Ordinal);

    public Task AddAsync(ApiKeyRow key, string hash, CancellationToken cancel) => writer.DoAsync((db, _) => Add(db, key, hash), cancel);

    public Task<ApiKeyRow?> FindAsync(string hash, CancellationToken cancel) => OneAsync(FindSql, hash, cancel);

    public Task<ApiKeyRow?> ByIdAsync(string id, CancellationToken cancel) => OneAsync(ByIdSql, id, cancel);

    public Task<bool> UseOnceAsync(string signature, DateTimeOffset until, CancellationToken cancel) => writer.DoAsync(
        (db, now) =>
        {
            using (var forget = db.Use(ForgetSql).With(now))
            {
                forget.Run();
            }

            using var use = db.Use(SignatureSql).With(signature).With(until);
            return use.Run() == 1;
        },
        cancel);

    public async Task<IReadOnlyList<ApiKeyRow>> ListAsync(CancellationToken cancel) => await readers.ReadAsync(
        db =>
        {
            using var query = db.Use(ListSql);
            List<ApiKeyRow> keys = [];
            while (query.Step())
            {
                keys.Add(Row(query));
            }

            return keys;
        },
        cancel);

    public Task<bool> RevokeAsync(string id, DateTimeOffset at, CancellationToken cancel) => writer.DoAsync(
        (db, _) =>
        {
            using var revoke = db.Use(RevokeSql).With(id).With(at);
            return revoke.Run() == 1;
        },
        cancel);

    public void NoteUse(string id, DateTimeOffset at)
    {
        // A busy key must not cost a commit for each of its requests.
        if (_noted.TryGetValue(id, out var before) && at - before < UseIsKeptTo)
        {
            return;
        }

        _noted[id] = at;
        writer.Post(new SmallOp<int>((db, _) =>
        {
            using var use = db.Use(UseSql).With(id).With(at);
            return use.Run();
        }));
    }

    private static int Add(Db db, ApiKeyRow key, string hash)
    {
        using var add = db.Use(AddSql).With(key.Id).With(hash).With(key.Name).With(string.Join(' ', key.Scopes)).With(key.CreatedBy)
            .With(key.CreatedAt).With(key.LastUsedAt).With(key.RevokedAt)
            .With(key.AllowedFrom.Count == 0 ? null : string.Join(' ', key.AllowedFrom)).With((long?)key.PerMinute).With(key.Signs);
        return add.Run();
    }

    private async Task<ApiKeyRow?> OneAsync(Sql sql, string value, CancellationToken cancel) => await readers.ReadAsync(
        db =>
        {
            using var query = db.Use(sql).With(value);
            return query.Step() ? Row(query) : null;
        },
        cancel);

    private static ApiKeyRow Row(Statement query) => new(
        query.Text(0), query.Text(1), query.Text(2).Split(' ', StringSplitOptions.RemoveEmptyEntries), query.Text(3), query.Time(4),
        query.TimeOrNull(5), query.TimeOrNull(6))
    {
        AllowedFrom = query.TextOrNull(7)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [],
        PerMinute = (int?)query.LongOrNull(8),
        Signs = query.Long(9) != 0,
    };
}
