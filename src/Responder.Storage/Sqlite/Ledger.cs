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

    public static void Put(Db db, EffectRow row)
    {
        using var put = db.Use(PutSql).With(row.RunId).With(row.Path).With(row.Connection).With(row.Target).With(row.TargetName).With(row.Action)
            .With(Values.Of(row.Effect)).With(row.BeforeFree).With(row.Status).With(row.At).With(row.Until);
        put.Run();
    }
}
