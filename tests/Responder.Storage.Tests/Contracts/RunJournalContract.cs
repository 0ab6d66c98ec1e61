using Responder.Engine;
using Responder.Engine.Journal;

namespace Responder.Storage.Tests;

/// <summary>The append-only truth: what any store must hold.</summary>
public abstract class RunJournalContract : StoreContract
{
    private IRunJournal Journal => Store.Journal;

    [Fact]
    public async Task What_was_appended_is_read_back_as_it_was_after_a_restart_too()
    {
        await StartAsync("r1");
        var row = new RunRow(RunStatus.Waiting, null, "waits for Ä", Now.AddMinutes(3), Now, null, Owned: false);
        var batch = Make.Batch("r1", 1, 1, row: row) with { Events = [Make.Event(2, "Grüße"), Make.Event(3, "second")] };

        Assert.Equal(AppendStatus.Committed, (await Journal.AppendAsync(batch)).Status);
        await Bench.ReopenAsync();
        var run = (await Journal.ReadAsync("r1", 0, Cancel))!;

        Assert.Equal((3, 1, row), (run.LastSeq, run.Epoch, run.Row));
        Assert.Equal([1, 2, 3], run.Events.Select(entry => entry.Seq));
        Assert.Equal("{\"message\":\"Gr\\u00FC\\u00DFe\"}", System.Text.Encoding.UTF8.GetString(run.Events[1].Payload.Span));
        Assert.Equal((Make.T0, "warning_noted", 1), (run.Events[1].At, run.Events[1].Type, run.Events[1].Version));
    }

    [Fact]
    public async Task Only_what_comes_after_a_number_is_read_where_asked()
    {
        await StartAsync("r1");
        await Journal.AppendAsync(Make.Batch("r1", 1, 1, events: 3));

        Assert.Equal([3, 4], (await Journal.ReadAsync("r1", 2, Cancel))!.Events.Select(entry => entry.Seq));
        Assert.Null(await Journal.ReadAsync("r2", 0, Cancel));
    }

    [Fact]
    public async Task A_stale_owners_batch_leaves_nothing()
    {
        await StartAsync("r1");
        var taken = (await Journal.TakeAsync("r1", "node-2", Cancel))!;

        var stale = await Journal.AppendAsync(Make.Batch("r1", 1, 1, events: 2, guard: Make.Guard("steps[0]", "host:a")));

        Assert.Equal(2, taken.Epoch);
        Assert.Equal(AppendStatus.Fenced, stale.Status);
        Assert.Equal(1, (await Journal.ReadAsync("r1", 0, Cancel))!.LastSeq);
        Assert.Single((await Journal.ReadAsync("r1", 0, Cancel))!.Events);
        Assert.Equal(AppendStatus.Committed, (await Journal.AppendAsync(Make.Batch("r1", 1, 2, guard: Make.Guard("steps[9]", "host:a")))).Status);
    }

    [Fact]
    public async Task A_batch_on_another_number_than_the_last_leaves_nothing()
    {
        await StartAsync("r1");

        Assert.Equal(AppendStatus.Fenced, (await Journal.AppendAsync(Make.Batch("r1", 0, 1, events: 2))).Status);
        Assert.Equal(AppendStatus.Fenced, (await Journal.AppendAsync(Make.Batch("r1", 2, 1, events: 2))).Status);
        Assert.Equal(AppendStatus.Fenced, (await Journal.AppendAsync(Make.Batch("r2", 0, 1))).Status);
        Assert.Single((await Journal.ReadAsync("r1", 0, Cancel))!.Events);
    }

    [Fact]
    public async Task A_taker_fences_the_owner_before_it_reads_and_of_many_takers_the_last_wins()
    {
        await StartAsync("r1");

        var takers = await Task.WhenAll(Enumerable.Range(0, 20).Select(index => Journal.TakeAsync("r1", $"node-{index}", Cancel)));
        var results = await Task.WhenAll(takers.Select(taker => Journal.AppendAsync(Make.Batch("r1", taker!.LastSeq, taker.Epoch))));

        Assert.Equal(Enumerable.Range(2, 20), takers.Select(taker => (int)taker!.Epoch).Order());
        Assert.Equal(1, results.Count(result => result.Status == AppendStatus.Committed));
        Assert.Equal(19, results.Count(result => result.Status == AppendStatus.Fenced));
        Assert.Null(await Journal.TakeAsync("r2", "node-1", Cancel));
    }

    [Fact]
    public async Task Batches_handed_in_one_after_another_are_applied_in_that_order()
    {
        var runs = Enumerable.Range(0, 20).Select(index => $"r{index:00}").ToList();
        await Task.WhenAll(runs.Select(StartAsync));

        var results = await Task.WhenAll(runs.SelectMany(run => Enumerable.Range(1, 50).Select(seq => Journal.AppendAsync(Make.Batch(run, seq, 1)))));

        Assert.All(results, result => Assert.Equal(AppendStatus.Committed, result.Status));
        Assert.Equal(Enumerable.Range(1, 51).Select(seq => (long)seq), (await Journal.ReadAsync("r07", 0, Cancel))!.Events.Select(entry => entry.Seq));
    }

    [Fact]
    public async Task When_a_batch_fails_the_later_ones_of_its_run_fail_too_and_no_other_run()
    {
        await StartAsync("r1");
        await StartAsync("r2");
        var guard = Make.Guard("steps[0]", "host:a");
        await Journal.AppendAsync(Make.Batch("r2", 1, 1, guard: guard));

        var locked = Journal.AppendAsync(Make.Batch("r1", 1, 1, guard: guard));
        var later = Journal.AppendAsync(Make.Batch("r1", 2, 1));
        var last = Journal.AppendAsync(Make.Batch("r1", 3, 1));
        var other = Journal.AppendAsync(Make.Batch("r2", 2, 1));

        Assert.Equal(
            [AppendStatus.Locked, AppendStatus.Fenced, AppendStatus.Fenced, AppendStatus.Committed],
            (await Task.WhenAll(locked, later, last, other)).Select(result => result.Status));
        Assert.Equal(1, (await Journal.ReadAsync("r1", 0, Cancel))!.LastSeq);
    }

    [Fact]
    public async Task Only_a_batch_that_cannot_be_stored_is_faulty()
    {
        await StartAsync("r1");
        await StartAsync("r2");
        await Journal.AppendAsync(Make.Batch("r2", 1, 1, changes: new ApprovalOpened(Make.Approval("a1", "r2"))));

        // The id of an approval of another run.
        var culprit = Journal.AppendAsync(Make.Batch("r1", 1, 1, events: 2, changes: new ApprovalOpened(Make.Approval("a1", "r1"))));
        var later = Journal.AppendAsync(Make.Batch("r1", 3, 1));
        var other = Journal.AppendAsync(Make.Batch("r2", 2, 1));

        Assert.Equal(
            [AppendStatus.Faulty, AppendStatus.Fenced, AppendStatus.Committed],
            (await Task.WhenAll(culprit, later, other)).Select(result => result.Status));
        Assert.Contains("a1", (await culprit).Reason, StringComparison.Ordinal);
        Assert.Single((await Journal.ReadAsync("r1", 0, Cancel))!.Events);
        Assert.Equal(AppendStatus.Committed, (await Journal.AppendAsync(Make.Batch("r1", 1, 1))).Status);
    }

    [Fact]
    public async Task Events_that_are_misnumbered_or_no_text_are_faulty()
    {
        await StartAsync("r1");
        var batch = Make.Batch("r1", 1, 1);

        Assert.Equal(AppendStatus.Faulty, (await Journal.AppendAsync(batch with { Events = [Make.Event(3)] })).Status);
        Assert.Equal(AppendStatus.Faulty, (await Journal.AppendAsync(batch with { Events = [Make.Event(2) with { Payload = "a\0b"u8.ToArray() }] })).Status);
        Assert.Equal(AppendStatus.Faulty, (await Journal.AppendAsync(batch with { Events = [Make.Event(2) with { Payload = new byte[] { 0xED, 0xA0, 0x80 } }] })).Status);
        Assert.Equal(AppendStatus.Committed, (await Journal.AppendAsync(batch)).Status);
    }

    [Fact]
    public async Task A_batch_without_events_changes_only_the_row()
    {
        await StartAsync("r1");

        Assert.Equal(AppendStatus.Committed, (await Journal.AppendAsync(Make.Batch("r1", 1, 1, events: 0, row: Make.Waits))).Status);
        Assert.Equal(Make.Waits, (await Journal.ReadAsync("r1", 0, Cancel))!.Row);
    }

    [Fact]
    public async Task A_run_that_stops_waiting_is_owned_by_its_taker_again()
    {
        await StartAsync("r1");
        await Journal.AppendAsync(Make.Batch("r1", 1, 1, row: Make.Waits));

        await Journal.AppendAsync(Make.Batch("r1", 2, 1, row: Make.Working));

        Assert.True((await Journal.ReadAsync("r1", 0, Cancel))!.Row.Owned);
        Assert.Empty(await Store.Queries.DueAsync(Now, ["node-1"], 10, Cancel));
    }

    [Fact]
    public async Task The_last_gate_says_who_has_the_run_and_who_threw_the_switch()
    {
        await StartAsync("r1");
        Assert.Null(await Journal.WhyNotActAsync("r1", 1, "falcon", "contain"));
        Assert.NotNull(await Journal.WhyNotActAsync("r1", 2, "falcon", "contain"));
        Assert.NotNull(await Journal.WhyNotActAsync("r2", 1, "falcon", "contain"));

        await Store.KillSwitch.SetAsync(new KillSwitchRow("playbook", "contain", "mlee", "wrong hosts", Now), on: true, Cancel);

        Assert.Contains("mlee", await Journal.WhyNotActAsync("r1", 1, "falcon", "contain"), StringComparison.Ordinal);
        Assert.Null(await Journal.WhyNotActAsync("r1", 1, "falcon", "other"));
    }

    private async Task StartAsync(string run)
    {
        var admitted = await Journal.AdmitAsync(new Admission(null, [Make.Run(run)]));
        Assert.Equal(("started", 1), (admitted.Runs[0].Status, admitted.Runs[0].Epoch));
    }
}
