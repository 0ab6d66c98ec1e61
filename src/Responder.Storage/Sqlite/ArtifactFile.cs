namespace Responder.Storage.Sqlite;

/// <summary>
/// The contents of artifacts, by content hash, in a database file of their own: a memory image of a gigabyte must not hold up the intents of other runs.
/// Opened when first needed.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="simulated">On the caller's thread, and not forced to disk.</param>
internal sealed class ArtifactFile(string path, bool simulated) : IContents, IDisposable
{
    public const string FileName = "artifacts.db";

    private static readonly Sql PutSql = new("INSERT INTO contents (id, content) VALUES (?, ?) ON CONFLICT DO NOTHING");
    private static readonly Sql GetSql = new("SELECT content FROM contents WHERE id = ?1");

    private readonly SemaphoreSlim _one = new(1, 1);
    private Db? _db;

    public Task PutAsync(string id, ReadOnlyMemory<byte> content, CancellationToken cancel) => AloneAsync(
        db =>
        {
            using var put = db.Use(PutSql).With(id).WithBytes(content.Span);
            return put.Run();
        },
        cancel);

    public Task<ReadOnlyMemory<byte>?> GetAsync(string id, CancellationToken cancel) => AloneAsync<ReadOnlyMemory<byte>?>(
        db =>
        {
            using var query = db.Use(GetSql).With(id);
            return query.Step() ? query.Bytes(0) : null;
        },
        cancel);

    public void Dispose()
    {
        _db?.Dispose();
        _one.Dispose();
    }

    private async Task<T> AloneAsync<T>(Func<Db, T> work, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            // Off the caller's thread: a large one takes seconds.
            return simulated ? work(_db ??= Open()) : await Task.Run(() => work(_db ??= Open()), cancel);
        }
        finally
        {
            _one.Release();
        }
    }

    private Db Open()
    {
        SecretFile.Ensure(path);
        var db = Db.OpenWriter(path, durable: !simulated);
        db.Script("PRAGMA wal_autocheckpoint=1000; CREATE TABLE IF NOT EXISTS contents (id TEXT NOT NULL PRIMARY KEY, content BLOB NOT NULL)");
        return db;
    }
}
