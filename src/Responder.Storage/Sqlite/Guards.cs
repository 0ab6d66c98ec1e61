using Responder.Engine.Journal;

namespace Responder.Storage.Sqlite;

/// <summary>What must hold in the transaction that commits an intent: no kill switch that reaches it, and its targets are free.</summary>
internal static class Guards
{
    private static readonly Sql Thrown = new(
        "SELECT scope, name, by, reason, at FROM kill_switch WHERE scope = 'all' OR (scope = 'connector' AND name = ?1) OR (scope = 'playbook' AND name = ?2) LIMIT 1");

    private static readonly Sql HolderOf = new("SELECT run_id, path FROM locks WHERE connection = ?1 AND target = ?2");

    private static readonly Sql TakeLock = new(
        "INSERT INTO locks (connection, target, run_id, path, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");

    private static readonly Sql ReleaseLocks = new("DELETE FROM locks WHERE run_id = ?1 AND path = ?2");

    // Word for word what is in force by EffectLists.InForce.
    private static readonly Sql OtherHolder = new("""
        SELECT run_id FROM effects WHERE effect = 'contain' AND status IN ('intended', 'pending', 'done', 'already_so', 'in_doubt')
          AND connection = ?1 AND target = ?2 AND action = ?3 AND run_id <> ?4 ORDER BY at LIMIT 1
        """);

    public static AppendResult? WhyNot(Db db, string runId, IntentGuard guard, IReadOnlyList<string> released, DateTimeOffset now)
    {
        if (WhySwitchedOff(db, guard.Connector, guard.Playbook) is { } reason)
        {
            return new AppendResult(AppendStatus.Switched, reason);
        }

        if (guard.Quotas.FirstOrDefault(quota => !quota.Approved && Quotas.IsUsedUp(db, quota, runId, guard.Path, now)) is { } over)
        {
            return AppendWork.OverQuota(over.Key);
        }

        foreach (var target in guard.Locks)
        {
            using var query = db.Use(HolderOf).With(target.Connection).With(target.Target);
            if (query.Step() && query.Text(0) is var holder && (holder != runId || (query.Text(1) is var path && path != guard.Path && !released.Contains(path))))
            {
                return AppendWork.Locked(target.Target, holder, query.Text(1));
            }
        }

        return guard.Sole is { } sole ? WhyHeld(db, sole, guard.Locks) : null;
    }

    private static AppendResult? WhyHeld(Db db, SoleHold sole, IReadOnlyList<TargetKey> targets)
    {
        foreach (var target in targets)
        {
            using var query = db.Use(OtherHolder).With(target.Connection).With(target.Target).With(sole.Action).With(sole.Holder);
            if (query.Step())
            {
                return AppendWork.HeldToo(target.Target, query.Text(0));
            }
        }

        return null;
    }

    /// <summary>Who threw a kill switch that reaches this connector or playbook, and why; null where none is thrown.</summary>
    public static string? WhySwitchedOff(Db db, string connector, string playbook)
    {
        using var query = db.Use(Thrown).With(connector).With(playbook);
        return query.Step() ? KillSwitchText.Say(query.Text(0), query.Text(1), query.Text(2), query.Text(3), query.Time(4)) : null;
    }

    /// <summary>Takes what the guard is about: targets, and quotas.</summary>
    public static void Take(Db db, string runId, IntentGuard guard, DateTimeOffset now)
    {
        foreach (var quota in guard.Quotas)
        {
            Quotas.Take(db, quota, runId, guard.Path, now);
        }

        foreach (var target in guard.Locks)
        {
            using var take = db.Use(TakeLock).With(target.Connection).With(target.Target).With(runId).With(guard.Path).With(now);
            take.Run();
        }
    }

    public static void Release(Db db, string runId, string path)
    {
        using var release = db.Use(ReleaseLocks).With(runId).With(path);
        release.Run();
    }
}
