using Responder.Engine.Journal;

namespace Responder.Storage.Sqlite;

/// <summary>The ledger of effects: a line for each run, path, connection and target.</summary>
internal static class Ledger
{
    private static readonly Sql PutSql = new("""
        INSERT INTO effects (run_id, path, connection, target, target_name, action, effect, before_free, status, at, until)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (run_id, path, connection, target) DO UPDATE SET target_name = excluded.target_name, action = excluded.action,
          effect = excluded.effect, before_free = excluded.before_free, status = excluded.status, at = excluded.at, until = excluded.until
        """);

    private const string Select = "SELECT connection, target, target_name, action, effect, run_id, path, before_free, status, at, until FROM effects WHERE ";

    private static readonly Sql OfRunSql = new(Select + "run_id = ?1 ORDER BY at, path, connection, target");

    // Word for word the condition of the partial index effects_in_force, which SQLite uses only then.
    internal static readonly Sql InForceSql = new(
        Select + "effect = 'contain' AND status IN ('intended', 'pending', 'done', 'already_so', 'in_doubt') ORDER BY at, run_id, path, connection, target");

    public static IReadOnlyList<EffectRow> Read(Db db, string? runId)
    {
        using var query = runId is null ? db.Use(InForceSql) : db.Use(OfRunSql).With(runId);
        List<EffectRow> rows = [];
        while (query.Step())
        {
            rows.Add(new EffectRow(
                query.Text(0), query.Text(1), query.Text(2), query.Text(3), Values.Enum<Sdk.Effect>(query.Text(4)), query.Text(5), query.Text(6),
                query.Long(7) != 0, query.Text(8), query.Time(9), query.TimeOrNull(10)));
        }

        return rows;
    }

    public static void Put(Db db, EffectRow row)
    {
        using var put = db.Use(PutSql).With(row.RunId).With(row.Path).With(row.Connection).With(row.Target).With(row.TargetName).With(row.Action)
            .With(Values.Of(row.Effect)).With(row.BeforeFree).With(row.Status).With(row.At).With(row.Until);
        put.Run();
    }
}
