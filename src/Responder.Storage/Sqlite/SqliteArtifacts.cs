using Responder.Engine.Journal;

namespace Responder.Storage.Sqlite;

internal sealed class SqliteArtifacts(Writer writer, Readers readers, ArtifactFile contents) : IArtifacts
{
    private static readonly Sql PutSql = new("""
        INSERT INTO artifacts (run_id, id, path, name, media_type, size, at) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
        """);

    private static readonly Sql ExistsSql = new("SELECT 1 FROM artifacts WHERE run_id = ?1 AND id = ?2");
    private static readonly Sql ListSql = new("SELECT id, path, name, media_type, size, at FROM artifacts WHERE run_id = ?1 ORDER BY at, id");

    public async Task PutAsync(
        string id, string runId, string path, string name, string mediaType, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        // The content first: a row is never there without it.
        await contents.PutAsync(id, content, cancel);
        await writer.DoAsync((db, now) => Put(db, new ArtifactRow(id, runId, path, name, mediaType, content.Length, now)), cancel);
    }

    public async Task<ReadOnlyMemory<byte>?> GetAsync(string runId, string id, CancellationToken cancel) =>
        await readers.ReadAsync(db => Exists(db, runId, id), cancel) ? await contents.GetAsync(id, cancel) : null;

    public async Task<IReadOnlyList<ArtifactRow>> ListAsync(string runId, CancellationToken cancel) =>
        await readers.ReadAsync(db => List(db, runId), cancel);

    private static int Put(Db db, ArtifactRow row)
    {
        using var put = db.Use(PutSql).With(row.RunId).With(row.Id).With(row.Path).With(row.Name).With(row.MediaType).With(row.Size).With(row.At);
        return put.Run();
    }

    private static bool Exists(Db db, string runId, string id)
    {
        using var query = db.Use(ExistsSql).With(runId).With(id);
        return query.Step();
    }

    private static List<ArtifactRow> List(Db db, string runId)
    {
        using var query = db.Use(ListSql).With(runId);
        List<ArtifactRow> rows = [];
        while (query.Step())
        {
            rows.Add(new ArtifactRow(query.Text(0), runId, query.Text(1), query.Text(2), query.Text(3), query.Long(4), query.Time(5)));
        }

        return rows;
    }
}
