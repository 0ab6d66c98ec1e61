using Responder.Engine.Journal;

namespace Responder.Storage.Sqlite;

internal sealed class SqliteErrands(Writer writer, Readers readers) : IErrands
{
    private const string Columns = "errand_id, kind, run_id, payload, attempts, due_at, error";

    private static readonly Sql AnyDueSql = new("SELECT 1 FROM errands WHERE due_at <= ?1 LIMIT 1");
    private static readonly Sql DueSql = new($"SELECT {Columns} FROM errands WHERE due_at <= ?1 ORDER BY due_at LIMIT ?2");
    private static readonly Sql LeaseSql = new("UPDATE errands SET due_at = ?2 WHERE errand_id = ?1");
    private static readonly Sql DoneSql = new("DELETE FROM errands WHERE errand_id = ?1");
    private static readonly Sql PutOffSql = new("UPDATE errands SET due_at = ?2, error = coalesce(?3, error), attempts = attempts + (?3 IS NOT NULL) WHERE errand_id = ?1");
    private static readonly Sql ListSql = new($"SELECT {Columns} FROM errands ORDER BY due_at IS NOT NULL, attempts DESC, errand_id LIMIT ?1");

    public async Task<IReadOnlyList<Errand>> TakeAsync(DateTimeOffset now, TimeSpan lease, int limit, CancellationToken cancel)
    {
        // Mostly there is none, and to learn that must not cost a commit.
        var any = await readers.ReadAsync(
            db =>
            {
                using var query = db.Use(AnyDueSql).With(now);
                return query.Step();
            },
            cancel);
        return any ? await writer.DoAsync((db, _) => Take(db, now, lease, limit), cancel) : [];
    }

    public Task DoneAsync(string id, CancellationToken cancel) => writer.DoAsync(
        (db, _) =>
        {
            using var done = db.Use(DoneSql).With(id);
            return done.Run();
        },
        cancel);

    public Task PutOffAsync(string id, DateTimeOffset? due, string? why, CancellationToken cancel) => writer.DoAsync(
        (db, _) =>
        {
            using var put = db.Use(PutOffSql).With(id).With(due).With(why);
            return put.Run();
        },
        cancel);

    public async Task<IReadOnlyList<Errand>> ListAsync(int limit, CancellationToken cancel) => await readers.ReadAsync(
        db =>
        {
            using var query = db.Use(ListSql).With(limit);
            return Read(query);
        },
        cancel);

    private static IReadOnlyList<Errand> Take(Db db, DateTimeOffset now, TimeSpan lease, int limit)
    {
        IReadOnlyList<Errand> due;
        using (var query = db.Use(DueSql).With(now).With(limit))
        {
            due = Read(query);
        }

        foreach (var errand in due)
        {
            using var take = db.Use(LeaseSql).With(errand.Id).With(now + lease);
            take.Run();
        }

        return due;
    }

    private static List<Errand> Read(Statement query)
    {
        List<Errand> errands = [];
        while (query.Step())
        {
            errands.Add(new Errand(query.Text(0), query.Text(1), query.TextOrNull(2), query.Json(3), (int)query.Long(4), query.TimeOrNull(5), query.TextOrNull(6)));
        }

        return errands;
    }
}
