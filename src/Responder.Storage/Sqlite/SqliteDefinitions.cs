using Responder.Engine.Journal;

namespace Responder.Storage.Sqlite;

internal sealed class SqliteDefinitions(Writer writer, Readers readers) : IDefinitions
{
    private static readonly Sql PutSql = new("INSERT INTO definitions (hash, playbook, bundle, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING");
    private static readonly Sql GetSql = new("SELECT bundle FROM definitions WHERE hash = ?1");

    public async Task PutAsync(string hash, string playbook, string bundle, CancellationToken cancel)
    {
        // Every run puts the definition that it is pinned to: the one that is there costs no commit.
        if (await GetAsync(hash, cancel) is null)
        {
            await writer.DoAsync((db, now) => Put(db, hash, playbook, bundle, now), cancel);
        }
    }

    public async Task<string?> GetAsync(string hash, CancellationToken cancel) => await readers.ReadAsync(
        db =>
        {
            using var query = db.Use(GetSql).With(hash);
            return query.Step() ? query.Text(0) : null;
        },
        cancel);

    private static int Put(Db db, string hash, string playbook, string bundle, DateTimeOffset now)
    {
        using var put = db.Use(PutSql).With(hash).With(playbook).With(bundle).With(now);
        return put.Run();
    }
}
