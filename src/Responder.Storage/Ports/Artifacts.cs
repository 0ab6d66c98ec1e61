using Dapper;
using Responder.Engine.Journal;

namespace Responder.Storage;

internal sealed class Artifacts(ISqlDoor door, IContents contents, TimeProvider time) : IArtifacts
{
    public async Task PutAsync(
        string id, string runId, string path, string name, string mediaType, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        // The content first: a row is never there without it.
        await contents.PutAsync(id, content, cancel);
        await door.WriteAsync(
            null,
            db => db.ExecuteAsync(
                """
                INSERT INTO artifacts (run_id, id, path, name, media_type, size, at) VALUES (@runId, @id, @path, @name, @mediaType, @Length, @at) ON CONFLICT DO NOTHING
                """,
                new { runId, id, path, name, mediaType, Length = (long)content.Length, at = Values.Of(time.GetUtcNow()) }),
            cancel);
    }

    public async Task<ReadOnlyMemory<byte>?> GetAsync(string runId, string id, CancellationToken cancel) =>
        await door.ReadAsync(db => db.ExecuteScalarAsync<long?>("SELECT size FROM artifacts WHERE run_id = @runId AND id = @id", new { runId, id }), cancel) is null
            ? null
            : await contents.GetAsync(id, cancel);

    public async Task<IReadOnlyList<ArtifactRow>> ListAsync(string runId, CancellationToken cancel) =>
        [.. (await door.ReadAsync(db => db.QueryAsync<(string Id, string Path, string Name, string MediaType, long Size, long At)>(
                "SELECT id, path, name, media_type, size, at FROM artifacts WHERE run_id = @runId ORDER BY at, id", new { runId }), cancel))
            .Select(row => new ArtifactRow(row.Id, runId, row.Path, row.Name, row.MediaType, row.Size, Values.Time(row.At)))];
}

/// <summary>The contents of artifacts, by content hash, apart from their rows.</summary>
internal interface IContents
{
    Task PutAsync(string id, ReadOnlyMemory<byte> content, CancellationToken cancel);

    Task<ReadOnlyMemory<byte>?> GetAsync(string id, CancellationToken cancel);
}
