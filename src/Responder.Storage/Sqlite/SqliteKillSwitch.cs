using Responder.Engine.Journal;

namespace Responder.Storage.Sqlite;

internal sealed class SqliteKillSwitch(Writer writer, Readers readers) : IKillSwitch
{
    private static readonly Sql ReadSql = new("SELECT scope, name, by, reason, at FROM kill_switch ORDER BY scope, name");

    private static readonly Sql ThrowSql = new("""
        INSERT INTO kill_switch (scope, name, by, reason, at) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (scope, name) DO UPDATE SET by = excluded.by, reason = excluded.reason, at = excluded.at
        """);

    private static readonly Sql LiftSql = new("DELETE FROM kill_switch WHERE scope = ?1 AND name = ?2");

    public async Task<IReadOnlyList<KillSwitchRow>> ReadAsync(CancellationToken cancel) => await readers.ReadAsync(Read, cancel);

    public Task SetAsync(KillSwitchRow row, bool on, CancellationToken cancel) =>
        row.Scope is "all" or "connector" or "playbook"
            ? writer.DoAsync((db, _) => on ? Throw(db, row) : Lift(db, row), cancel)
            : throw new ArgumentException($"A kill switch is for all, a connector or a playbook, not for '{row.Scope}'.", nameof(row));

    private static IReadOnlyList<KillSwitchRow> Read(Db db)
    {
        using var query = db.Use(ReadSql);
        List<KillSwitchRow> rows = [];
        while (query.Step())
        {
            rows.Add(new KillSwitchRow(query.Text(0), query.Text(1), query.Text(2), query.Text(3), query.Time(4)));
        }

        return rows;
    }

    private static int Throw(Db db, KillSwitchRow row)
    {
        using var put = db.Use(ThrowSql).With(row.Scope).With(row.Name).With(row.By).With(row.Reason).With(row.At);
        return put.Run();
    }

    private static int Lift(Db db, KillSwitchRow row)
    {
        using var delete = db.Use(LiftSql).With(row.Scope).With(row.Name);
        return delete.Run();
    }
}
