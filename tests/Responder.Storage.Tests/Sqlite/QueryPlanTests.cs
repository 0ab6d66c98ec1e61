using Dapper;
using Responder.Engine;
using Responder.Engine.Journal;
using Responder.Storage.Sqlite;
using SQLitePCL;

namespace Responder.Storage.Tests;

/// <summary>What is asked often reads an index, and costs what is open, not what has ended.</summary>
public sealed class QueryPlanTests : IAsyncLifetime
{
    private SqliteBench _bench = null!;
    private Db _db = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bench = await SqliteBench.OpenAsync();
        _db = Db.OpenReader(_bench.Folder.File("responder.db"));
    }

    public async ValueTask DisposeAsync()
    {
        _db.Dispose();
        await _bench.DisposeAsync();
    }

    [Fact]
    public void The_sweep_reads_four_partial_indexes_and_nothing_else()
    {
        var reads = Plan(Due.Query.Text).Where(line => line.Contains(" runs ", StringComparison.Ordinal)).ToList();

        Assert.Equal(4, reads.Count);
        Assert.All(["runs_adrift", "runs_owned", "runs_due", "runs_woken"], index => Assert.Contains(reads, line => line.Contains(index, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_sweep_costs_the_same_after_a_thousand_runs_have_ended()
    {
        await _bench.Store.Journal.AdmitAsync(new Admission(null, [Make.Run("open", owner: null)]));
        var before = StepsOfSweep();

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(async index =>
        {
            await _bench.Store.Journal.AdmitAsync(new Admission(null, [Make.Run($"r{index:0000}")]));
            await _bench.Store.Journal.AppendAsync(Make.Batch($"r{index:0000}", 1, 1, row: Make.Ended));
        }));

        Assert.Equal(before, StepsOfSweep());
    }

    [Theory]
    [InlineData(null, "runs_by_age")]
    [InlineData(RunStatus.Waiting, "runs_open")]
    [InlineData(RunStatus.Rejected, "runs_ended")]
    public void A_page_of_runs_is_read_in_order_from_an_index(RunStatus? status, string index) =>
        AssertOrdered(RunLists.Query(new RunFilter(status)).Text, index);

    [Fact]
    public void A_page_of_a_playbooks_runs_is_read_in_order_from_an_index() =>
        AssertOrdered(RunLists.Query(new RunFilter(Playbook: "contain")).Text, "runs_by_playbook");

    [Fact]
    public void The_runs_of_an_alert_are_found_by_it()
    {
        var plan = Plan(RunLists.Query(new RunFilter(AlertId: "a1")).Text);

        Assert.Contains(plan, line => line.Contains("runs_by_alert", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.StartsWith("SCAN alert_runs", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("pending", null, "approvals_pending")]
    [InlineData(null, null, "approvals_by_deadline")]
    [InlineData(null, "r1", "approvals_by_run")]
    public void A_page_of_approvals_is_read_in_order_from_an_index(string? status, string? run, string index) =>
        AssertOrdered(ApprovalLists.Query(status, run).Text, index);

    [Fact]
    public void Alerts_and_the_ledger_are_read_from_an_index()
    {
        AssertOrdered(AlertLists.Query(new AlertFilter()).Text, "alerts_by_age");
        AssertOrdered(AlertLists.Query(new AlertFilter("sysmon", "accepted", 70)).Text, "alerts_by_age");
        AssertOrdered(AlertLists.Query(new AlertFilter(Host: "ws-1")).Text, "alerts_by_host");
        AssertOrdered(AlertLists.Query(new AlertFilter(User: "ann")).Text, "alerts_by_user");
        Assert.Contains(Plan(EffectLists.InFlight), line => line.Contains("effects_in_flight", StringComparison.Ordinal));
        Assert.Contains(Plan(EffectLists.InForce), line => line.Contains("effects_in_force", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_to_be_archived_is_read_in_order_from_the_index_of_what_is_not() => AssertOrdered(RunArchive.Candidates, "runs_unarchived");

    [Theory]
    [InlineData(1)]
    [InlineData(Audit.AuditList.RangesAtOnce)]
    public void The_audit_finds_what_a_commit_wrote_by_the_journals_keys(int ranges)
    {
        var values = new DynamicParameters();
        for (var index = 0; index < ranges; index++)
        {
            values.AddDynamicParams(new Dictionary<string, object> { [$"r{index}"] = "r", [$"f{index}"] = 1, [$"l{index}"] = 2, [$"k{index}"] = "r" });
        }

        var plan = _db.Connection.Query<(long, long, long, string Detail)>("EXPLAIN QUERY PLAN " + Audit.AuditList.Ranges(ranges, ["gate_answered"]), values).Select(row => row.Detail).ToList();

        Assert.Contains(plan, line => line.StartsWith("SEARCH run_events", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.StartsWith("SCAN run_", StringComparison.Ordinal));
    }

    private void AssertOrdered(string sql, string index)
    {
        var plan = Plan(sql);
        Assert.Contains(plan, line => line.Contains(index, StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    private List<string> Plan(string sql) => [.. _db.Connection.Query<(long, long, long, string Detail)>("EXPLAIN QUERY PLAN " + sql, new DynamicParameters(
        new { status = "x", playbook = "x", alert = "x", run = "x", size = 1, source = "x", severity = 1, host = "x", user = "x", before = 1, at = 0, id = "", most = 1 })).Select(row => row.Detail)];

    private int StepsOfSweep()
    {
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_prepare_v2(_db.Handle, Due.Query.Text, out var statement));
        using (statement)
        {
            raw.sqlite3_bind_int64(statement, 1, Make.T0.ToUnixTimeMilliseconds());
            raw.sqlite3_bind_text(statement, 2, "[\"node-1\"]");
            raw.sqlite3_bind_int64(statement, 3, 64);
            var rows = 0;
            while (raw.sqlite3_step(statement) == raw.SQLITE_ROW)
            {
                rows++;
            }

            Assert.Equal(1, rows);
            return raw.sqlite3_stmt_status(statement, raw.SQLITE_STMTSTATUS_VM_STEP, 0);
        }
    }
}
