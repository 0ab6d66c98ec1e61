using Responder.Engine.Journal;

namespace Responder.Storage.Sqlite;

/// <summary>What counts against the policy's limits. The writer is alone, so that what is counted can't change before it is taken.</summary>
internal static class Quotas
{
    private static readonly Sql Counted = new("SELECT 1 FROM quota_uses WHERE key = ?1 AND run_id = ?2 AND path = ?3");
    private static readonly Sql CountSql = new("SELECT count(*) FROM quota_uses WHERE key = ?1 AND at > ?2");
    private static readonly Sql Forget = new("DELETE FROM quota_uses WHERE key = ?1 AND at <= ?2");
    private static readonly Sql TakeSql = new("INSERT INTO quota_uses (key, run_id, path, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING");

    /// <summary>True where it is used up for a step that has not counted against it yet.</summary>
    public static bool IsUsedUp(Db db, QuotaUse quota, string runId, string path, DateTimeOffset now)
    {
        using (var counted = db.Use(Counted).With(quota.Key).With(runId).With(path))
        {
            if (counted.Step())
            {
                return false;
            }
        }

        using var count = db.Use(CountSql).With(quota.Key).With(now - quota.Window);
        return count.Step() && count.Long(0) >= quota.AtMost;
    }

    public static void Take(Db db, QuotaUse quota, string runId, string path, DateTimeOffset now)
    {
        using (var forget = db.Use(Forget).With(quota.Key).With(now - quota.Window))
        {
            forget.Run();
        }

        using var take = db.Use(TakeSql).With(quota.Key).With(runId).With(path).With(now);
        take.Run();
    }
}
