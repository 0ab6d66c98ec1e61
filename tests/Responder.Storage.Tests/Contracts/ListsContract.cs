using System.Text.Json;
using Responder.Engine;
using Responder.Engine.Journal;
using Responder.Sdk;

namespace Responder.Storage.Tests;

/// <summary>Runs, approvals, alerts and the ledger for people.</summary>
public abstract class ListsContract : StoreContract
{
    [Fact]
    public async Task Runs_come_newest_first_page_by_page_each_once()
    {
        for (var index = 0; index < 25; index++)
        {
            // Many in the same millisecond: the id decides then.
            await Store.Journal.AdmitAsync(new Admission(null, [Make.Run($"r{index:00}") with { CreatedAt = Make.T0.AddSeconds(index / 7) }]));
        }

        var pages = await PagesAsync(cursor => Store.Queries.ListAsync(new RunFilter(Limit: 10, Cursor: cursor), Cancel));

        Assert.Equal([10, 10, 5], pages.Select(page => page.Count));
        Assert.Equal(Enumerable.Range(0, 25).Reverse().Select(index => $"r{index:00}"), pages.SelectMany(page => page).Select(run => run.RunId));
    }

    [Fact]
    public async Task Runs_are_filtered_by_status_playbook_and_alert()
    {
        await Store.Journal.AdmitAsync(new Admission(Make.Alert("a1"), [Make.Run("r1") with { AlertId = "a1" }, Make.Run("r2", playbook: "notify") with { AlertId = "a1" }]));
        await Store.Journal.AdmitAsync(new Admission(null, [Make.Run("r3")]));
        await Store.Journal.AppendAsync(Make.Batch("r3", 1, 1, row: Make.Ended));

        Assert.Equal(["r2", "r1"], await IdsAsync(new RunFilter(AlertId: "a1")));
        Assert.Equal(["r3", "r1"], await IdsAsync(new RunFilter(Playbook: "contain")));
        Assert.Equal(["r2", "r1"], await IdsAsync(new RunFilter(RunStatus.Running)));
        Assert.Equal(["r3"], await IdsAsync(new RunFilter(RunStatus.Succeeded)));
        Assert.Equal(["r1"], await IdsAsync(new RunFilter(RunStatus.Running, "contain", "a1")));
    }

    [Fact]
    public async Task A_runs_row_has_what_a_list_shows()
    {
        await Store.Journal.AdmitAsync(new Admission(null, [Make.Run("r1")]));
        await Store.Journal.AppendAsync(Make.Batch("r1", 1, 1, row: Make.Ended));

        Assert.Equal(
            new RunListItem("r1", "contain", "contain on ws-1", RunStatus.Succeeded, "contained", null, null, "alert", Make.T0, Make.T0, Make.T0, null, "sha256:00", null),
            await Store.Queries.FindAsync("r1", Cancel));
        Assert.Null(await Store.Queries.FindAsync("r2", Cancel));
    }

    [Fact]
    public async Task A_cursor_that_no_list_gave_is_an_error_that_says_so()
    {
        var failure = await Assert.ThrowsAsync<ArgumentException>(() => Store.Queries.ListAsync(new RunFilter(Cursor: "'; DROP TABLE runs"), Cancel));
        Assert.Contains("cursor", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approvals_come_with_the_nearest_deadline_first_and_those_without_at_the_end()
    {
        await Store.Journal.AdmitAsync(new Admission(null, [Make.Run("r1")]));
        await AppendAsync(1, new ApprovalOpened(Make.Approval("g1", "r1")), new ApprovalOpened(Make.Approval("g2", "r1", Now.AddMinutes(30))), new ApprovalOpened(Make.Approval("g3", "r1", Now.AddMinutes(10))));

        var pages = await PagesAsync(cursor => Store.Queries.ApprovalsAsync("pending", null, 2, cursor, Cancel));

        Assert.Equal(["g3", "g2", "g1"], pages.SelectMany(page => page).Select(approval => approval.Id));
        Assert.Equal(["g3", "g2", "g1"], (await Store.Queries.ApprovalsAsync(null, "r1", 10, null, Cancel)).Items.Select(approval => approval.Id));
        Assert.Empty((await Store.Queries.ApprovalsAsync(null, "r2", 10, null, Cancel)).Items);
    }

    [Fact]
    public async Task An_approval_is_shown_as_asked_then_as_changed_then_as_decided()
    {
        await Store.Journal.AdmitAsync(new Admission(null, [Make.Run("r1")]));
        var asked = Make.Approval("g1", "r1", Make.T0.AddMinutes(15));
        await AppendAsync(1, new ApprovalOpened(asked));
        var read = (await Store.Queries.ApprovalAsync("g1", Cancel))!;
        Assert.Equal((asked.Title, asked.Deadline, asked.Gate.Hash, "pending"), (read.Title, read.Deadline, read.Gate.Hash, read.Status));
        Assert.Equal(["approve", "reject"], read.Gate.Choices);

        await AppendAsync(2, new ApprovalChanged(asked with { Deadline = Make.T0.AddMinutes(30), Gate = asked.Gate with { Roles = ["lead"] } }));
        read = (await Store.Queries.ApprovalAsync("g1", Cancel))!;
        Assert.Equal((Make.T0.AddMinutes(30), "lead"), (read.Deadline, read.Gate.Roles[0]));

        await AppendAsync(3, new ApprovalClosed("g1", "approve", "mlee", "answered", Make.T0.AddMinutes(2)));
        read = (await Store.Queries.ApprovalAsync("g1", Cancel))!;
        Assert.Equal(("closed", "approve", "mlee", Make.T0.AddMinutes(2)), (read.Status, read.Choice, read.By, read.ClosedAt));
        Assert.Empty((await Store.Queries.ApprovalsAsync("pending", null, 10, null, Cancel)).Items);
        Assert.Null(await Store.Queries.ApprovalAsync("g2", Cancel));
    }

    [Fact]
    public async Task An_ended_run_leaves_no_gate_open()
    {
        await Store.Journal.AdmitAsync(new Admission(null, [Make.Run("r1")]));
        await AppendAsync(1, new ApprovalOpened(Make.Approval("g1", "r1")));

        await Store.Journal.AppendAsync(Make.Batch("r1", 2, 1, row: Make.Ended));

        Assert.Equal("closed", (await Store.Queries.ApprovalAsync("g1", Cancel))!.Status);
    }

    [Fact]
    public async Task Alerts_come_newest_first_page_by_page()
    {
        for (var index = 0; index < 5; index++)
        {
            await Store.Journal.AdmitAsync(new Admission(Make.Alert($"a{index}") with { ReceivedAt = Make.T0.AddSeconds(index / 2) }, []));
        }

        var pages = await PagesAsync(cursor => Store.Queries.AlertsAsync(new AlertFilter(Limit: 2, Cursor: cursor), Cancel));

        Assert.Equal(["a4", "a3", "a2", "a1", "a0"], pages.SelectMany(page => page).Select(alert => alert.Id));
        Assert.Null(await Store.Queries.AlertAsync("a9", Cancel));
    }

    [Fact]
    public async Task Alerts_are_found_by_what_they_are()
    {
        var normal = JsonSerializer.Deserialize<JsonElement>("""{"attack":["T1074.001","T1_59"]}""");
        await Store.Journal.AdmitAsync(new Admission(Make.Alert("a1") with { Source = "splunk", Status = "unmatched", Severity = 85, Host = "ENG-WS-045", User = "alex", Normal = normal }, []));
        await Store.Journal.AdmitAsync(new Admission(Make.Alert("a2") with { Source = "sysmon", Status = "accepted", Severity = 20, Host = "OTHER", User = null }, []));

        foreach (var filter in new AlertFilter[] { new("splunk"), new(Status: "unmatched"), new(LeastSeverity: 50), new(Technique: "T1074.001"), new(Technique: "T1_59"), new(Host: "eng-ws-045"), new(User: "ALEX") })
        {
            Assert.Equal(["a1"], (await Store.Queries.AlertsAsync(filter, Cancel)).Items.Select(one => one.Id));
        }

        Assert.Empty((await Store.Queries.AlertsAsync(new AlertFilter(Technique: "T1074"), Cancel)).Items);
        Assert.Empty((await Store.Queries.AlertsAsync(new AlertFilter(Technique: "T%"), Cancel)).Items);
        Assert.Equal(2, (await Store.Queries.AlertsAsync(new AlertFilter(), Cancel)).Items.Count);
    }

    [Fact]
    public async Task The_overview_counts_what_waits_and_says_how_long_things_took()
    {
        await Store.Journal.AdmitAsync(new Admission(null, [Make.Run("r1"), Make.Run("r2")]));
        await AppendAsync(1, new ApprovalOpened(Make.Approval("g1", "r1")), new EffectRecorded(Line("steps[0]", Effect.Contain, "done")));
        Assert.Equal(1, await Store.Overview.WaitingAsync(10, Cancel));

        await AppendAsync(2, new ApprovalClosed("g1", "approve", "mlee", "answered", Make.T0.AddMinutes(3)));
        await Store.Journal.AppendAsync(Make.Batch("r1", 3, 1, row: Make.Ended));

        Assert.Equal(0, await Store.Overview.WaitingAsync(10, Cancel));
        var counts = await Store.Overview.CountsAsync(Make.T0.AddDays(-1), Cancel);
        Assert.Equal(2, counts.Values.Sum());
        var timings = await Store.Overview.TimingsAsync(Make.T0.AddDays(-1), 10, Cancel);
        Assert.Contains(timings, one => one.Kind == "approve" && one.Took > TimeSpan.Zero);
        Assert.Contains(timings, one => one.Kind == "contain" && one.What == "edr.isolate_host");
        Assert.Contains(timings, one => one.Kind == "close");
        Assert.Empty(await Store.Overview.TimingsAsync(Make.T0.AddDays(1), 10, Cancel));
    }

    [Fact]
    public async Task The_ledger_has_a_line_for_each_holder_and_shows_what_is_in_force()
    {
        await Store.Journal.AdmitAsync(new Admission(null, [Make.Run("r1"), Make.Run("r2")]));
        var isolation = Line("steps[0]", Effect.Contain, "intended");
        await AppendAsync(1, new EffectRecorded(isolation), new EffectRecorded(Line("steps[1]", Effect.Contain, "failed")), new EffectRecorded(Line("steps[2]", Effect.Record, "done")));
        var done = isolation with { Status = "done", At = Make.T0.AddSeconds(5), Until = Make.T0.AddHours(8) };
        await AppendAsync(2, new EffectRecorded(done));
        await Store.Journal.AppendAsync(Make.Batch("r2", 1, 1, changes: new EffectRecorded(isolation with { RunId = "r2", Status = "already_so", BeforeFree = false })));

        Assert.Equal(["r2", "r1"], (await Store.Queries.EffectsAsync(null, Cancel)).Select(line => line.RunId));
        Assert.Equal(3, (await Store.Queries.EffectsAsync("r1", Cancel)).Count);
        Assert.Contains(done, await Store.Queries.EffectsAsync("r1", Cancel));

        await AppendAsync(3, new EffectRecorded(done with { Status = "undone" }));
        Assert.Equal(["r2"], (await Store.Queries.EffectsAsync(null, Cancel)).Select(line => line.RunId));
    }

    private static EffectRow Line(string path, Effect effect, string status) =>
        new("falcon", "host:a", "ws-1", "edr.isolate_host", effect, "r1", path, true, status, Make.T0);

    private async Task AppendAsync(long expected, params RowChange[] changes) =>
        Assert.Equal(AppendStatus.Committed, (await Store.Journal.AppendAsync(Make.Batch("r1", expected, 1, changes: changes))).Status);

    private async Task<IEnumerable<string>> IdsAsync(RunFilter filter) => (await Store.Queries.ListAsync(filter, Cancel)).Items.Select(run => run.RunId);

    private static async Task<List<IReadOnlyList<T>>> PagesAsync<T>(Func<string?, Task<Page<T>>> read)
    {
        List<IReadOnlyList<T>> pages = [];
        string? cursor = null;
        do
        {
            var page = await read(cursor);
            pages.Add(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);

        return pages;
    }
}
