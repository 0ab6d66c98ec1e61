using Responder.Engine.Journal;

namespace Responder.Storage.Sqlite;

/// <summary>Alerts, and what their admission came to.</summary>
internal static class AlertRows
{
    private static readonly Sql InsertSql = new("""
        INSERT INTO alerts (alert_id, source, delivery_key, received_at, status, title, severity, host, user, normal, raw, explanation)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """);

    private static readonly Sql InsertRunSql = new(
        "INSERT INTO alert_runs (alert_id, ordinal, run_id, playbook, status, holder) VALUES (?, ?, ?, ?, ?, ?)");

    private static readonly Sql DeliverySql = new("SELECT alert_id FROM alerts WHERE delivery_key = ?1");
    private static readonly Sql ExistsSql = new("SELECT 1 FROM alerts WHERE alert_id = ?1");
    private static readonly Sql RunsSql = new("SELECT run_id, playbook, status, holder FROM alert_runs WHERE alert_id = ?1 ORDER BY ordinal");

    public static void Insert(Db db, AlertRow alert, IReadOnlyList<AdmittedRun> runs)
    {
        using (var insert = db.Use(InsertSql).With(alert.Id).With(alert.Source).With(alert.DeliveryKey).With(alert.ReceivedAt)
            .With(Status(alert, runs)).With(alert.Title).With(alert.Severity).With(alert.Host).With(alert.User).With(alert.Normal).With(alert.Raw)
            .With(alert.Explanation))
        {
            insert.Run();
        }

        for (var ordinal = 0; ordinal < runs.Count; ordinal++)
        {
            var run = runs[ordinal];
            using var insert = db.Use(InsertRunSql).With(alert.Id).With(ordinal).With(run.RunId).With(run.Playbook).With(run.Status).With(run.Holder);
            insert.Run();
        }
    }

    public static bool Exists(Db db, string alertId)
    {
        using var query = db.Use(ExistsSql).With(alertId);
        return query.Step();
    }

    public static string? FindDelivery(Db db, string key)
    {
        using var query = db.Use(DeliverySql).With(key);
        return query.Step() ? query.Text(0) : null;
    }

    public static IReadOnlyList<AdmittedRun> ReadRuns(Db db, string alertId)
    {
        using var query = db.Use(RunsSql).With(alertId);
        List<AdmittedRun> runs = [];
        while (query.Step())
        {
            runs.Add(new AdmittedRun(query.Text(0), query.Text(1), query.Text(2), query.TextOrNull(3)));
        }

        return runs;
    }

    // Only the store knows that every run it would start was there already.
    private static string Status(AlertRow alert, IReadOnlyList<AdmittedRun> runs) =>
        alert.Status == "accepted" && runs.Count > 0 && runs.All(run => run.Status == "attached") ? "grouped" : alert.Status;
}
