using Dapper;

namespace Responder.Storage.Postgres;

/// <summary>The contents of artifacts, by content hash; at most a gigabyte each.</summary>
internal sealed class PgContents(PgDoor door) : IContents
{
    public Task PutAsync(string id, ReadOnlyMemory<byte> content, CancellationToken cancel) => door.WriteAsync(
        null, db => db.ExecuteAsync("INSERT INTO contents (id, content) VALUES (@id, @content) ON CONFLICT DO NOTHING", new { id, content = content.ToArray() }), cancel);

    public async Task<ReadOnlyMemory<byte>?> GetAsync(string id, CancellationToken cancel) =>
        await door.ReadAsync(db => db.ExecuteScalarAsync<byte[]?>("SELECT content FROM contents WHERE id = @id", new { id }), cancel) is { } content ? content : null;
}
