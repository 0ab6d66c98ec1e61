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

    private static readonly Sql LiftSql = new(
        "UPDATE effects SET status = 'undone', at = ?4, until = NULL WHERE connection = ?1 AND target = ?2 AND action = ?3 AND status IN ('pending', 'done', 'already_so')");

    private static readonly Sql PassSql = new("""
        UPDATE effects SET before_free = CASE WHEN run_id = ?5 THEN 1 ELSE before_free END, at = CASE WHEN run_id = ?4 THEN ?6 ELSE at END,
          until = CASE WHEN run_id = ?4 THEN NULL ELSE until END, status = CASE WHEN run_id = ?4 THEN 'undone' WHEN status = 'already_so' THEN 'done' ELSE status END
        WHERE connection = ?1 AND target = ?2 AND action = ?3 AND run_id IN (?4, ?5)
        """);

    private static readonly Sql MoveSql = new(
        "UPDATE effects SET until = ?5 WHERE run_id = ?1 AND path = ?2 AND connection = ?3 AND target = ?4 AND status IN ('pending', 'done', 'already_so')");

    public static void Lift(Db db, ContainmentLifted lifted)
    {
        using var lift = db.Use(LiftSql).With(lifted.Connection).With(lifted.Target).With(lifted.Action).With(lifted.At);
        lift.Run();
    }

    public static void Pass(Db db, HoldPassed passed)
    {
        using var pass = db.Use(PassSql).With(passed.Connection).With(passed.Target).With(passed.Action).With(passed.From).With(passed.To).With(passed.At);
        pass.Run();
    }

    public static void Move(Db db, LeaseMoved moved)
    {
        using var move = db.Use(MoveSql).With(moved.RunId).With(moved.Path).With(moved.Connection).With(moved.Target).With(moved.Until);
        move.Run();
    }

    public static void Put(Db db, EffectRow row)
    {
        using var put = db.Use(PutSql).With(row.RunId).With(row.Path).With(row.Connection).With(row.Target).With(row.TargetName).With(row.Action)
            .With(Values.Of(row.Effect)).With(row.BeforeFree).With(row.Status).With(row.At).With(row.Until);
        put.Run();
    }
}
