using Dapper;
using Npgsql;
using Responder.Engine;
using Responder.Engine.Journal;

namespace Responder.Storage.Tests;

/// <summary>With many runs that have ended, every list is read from an index: none reads a table from end to end, and none sorts what it reads.</summary>
public sealed class PostgresPlanTests(PostgresServer server) : IAsyncLifetime
{
    private const int Many = 30_000;

    // Of a thousand runs one is open, of a thousand alerts one is of the host that is asked for.
    private static readonly string Fill = $"""
        INSERT INTO runs (run_id, last_seq, epoch, status, ended_at, playbook, title, definition_hash, alert_id, started_by, created_at, priority, archived_at)
          SELECT 'r' || n, 9, 1, CASE WHEN n % 1000 = 0 THEN 'waiting' WHEN n % 500 = 1 THEN 'rejected' ELSE 'succeeded' END, n, CASE WHEN n % 400 = 0 THEN 'contain' ELSE 'p' || n % 20 END, 't', 'h', 'a' || n, 'alert', n, 0, CASE WHEN n < 29000 THEN n END FROM generate_series(1, {Many}) n;
        INSERT INTO alerts (alert_id, source, received_at, status, title, severity, host, "user", normal, raw)
          SELECT 'a' || n, 'sysmon', n, 'accepted', 't', n % 100, 'ws-' || n % 1000, 'user-' || n % 1000, repeat('x', 200), repeat('y', 200) FROM generate_series(1, {Many}) n;
        INSERT INTO alert_runs (alert_id, ordinal, run_id, playbook, status) SELECT 'a' || n, 0, 'r' || n, 'p', 'started' FROM generate_series(1, {Many}) n;
        INSERT INTO approvals (approval_id, run_id, path, title, status, asked_at, sort_at, gate)
          SELECT 'g' || n, 'r' || n, 'steps[0]', 't', CASE WHEN n % 1000 = 0 THEN 'pending' ELSE 'closed' END, n, n, repeat('x', 200) FROM generate_series(1, {Many}) n;
        INSERT INTO effects (run_id, path, connection, target, target_name, action, effect, before_free, status, at)
          SELECT 'r' || n, 'steps[0]', 'falcon', 'host:' || n, 'ws', 'edr.isolate_host', 'contain', 1, CASE WHEN n % 1000 = 0 THEN 'done' WHEN n % 1000 = 1 THEN 'intended' ELSE 'undone' END, n FROM generate_series(1, {Many}) n;
        ANALYZE;
        """;

    private static readonly object Values = new { status = "rejected", playbook = "contain", alert = "a77", run = "r77", runId = "r77", size = 51, source = "sysmon", severity = 50L, host = "ws-7", user = "user-7", before = 40_000L, at = 0L, id = "", most = 16 };

    private PostgresBench _bench = null!;
    private NpgsqlDataSource _source = null!;

    public async ValueTask InitializeAsync()
    {
        _bench = await PostgresBench.OpenAsync(server);
        _source = NpgsqlDataSource.Create(_bench.ConnectionString);
        await using var connection = await _source.OpenConnectionAsync();
        await connection.ExecuteAsync(Fill);
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _bench.DisposeAsync();
    }

    [Fact]
    public async Task Every_list_is_read_in_order_from_an_index()
    {
        foreach (var (sql, index) in new (string, string)[]
        {
            (RunLists.Query(new RunFilter()).Text, "runs_by_age"),
            (RunLists.Query(new RunFilter(RunStatus.Waiting)).Text, "runs_open"),
            (RunLists.Query(new RunFilter(RunStatus.Rejected)).Text, "runs_ended"),
            (RunLists.Query(new RunFilter(Playbook: "contain")).Text, "runs_by_playbook"),
            (AlertLists.Query(new AlertFilter()).Text, "alerts_by_age"),
            (AlertLists.Query(new AlertFilter("sysmon", LeastSeverity: 50)).Text, "alerts_by_age"),
            (AlertLists.Query(new AlertFilter(Host: "ws-7")).Text, "alerts_by_host"),
            (AlertLists.Query(new AlertFilter(User: "user-7")).Text, "alerts_by_user"),
            (ApprovalLists.Query("pending", null).Text, "approvals_pending"),
            (ApprovalLists.Query(null, null).Text, "approvals_by_deadline"),
            (ApprovalLists.Query(null, "r77").Text, "approvals_by_run"),
            (RunArchive.Candidates, "runs_unarchived"),
        })
        {
            var plan = await PlanAsync(sql);
            Assert.Contains(index, plan, StringComparison.Ordinal);
            Assert.DoesNotContain("Seq Scan on runs", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("Sort  (", plan, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_few_of_many_is_found_by_an_index()
    {
        foreach (var (sql, table, index) in new (string, string, string)[]
        {
            (RunLists.Query(new RunFilter(AlertId: "a77")).Text, "runs", "runs_by_alert"),
            (EffectLists.OfRun, "effects", "effects_pkey"),
            (EffectLists.InForce, "effects", "effects_in_force"),
            (EffectLists.InFlight, "effects", "effects_in_flight"),
        })
        {
            var plan = await PlanAsync(sql);
            Assert.Contains(index, plan, StringComparison.Ordinal);
            Assert.DoesNotContain($"Seq Scan on {table}", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("Seq Scan on alert_runs", plan, StringComparison.Ordinal);
        }
    }

    private async Task<string> PlanAsync(string sql)
    {
        await using var connection = await _source.OpenConnectionAsync();
        return sql + "\n" + string.Join('\n', await connection.QueryAsync<string>("EXPLAIN " + sql, new DynamicParameters(Values)));
    }
}
