using Responder.Engine;
using Responder.Engine.Journal;
using Responder.Playbooks.Language;

namespace Responder.Storage.Tests;

/// <summary>One run at a time for a concurrency key, and a fair queue.</summary>
public abstract class ConcurrencyContract : StoreContract
{
    [Fact]
    public async Task Of_many_runs_for_a_key_at_once_one_starts_and_the_others_queue_behind_it()
    {
        var admitted = await Task.WhenAll(Enumerable.Range(0, 30).Select(index => Task.Run(() => AdmitAsync(Keyed($"r{index:00}")))));

        var holder = Assert.Single(admitted, run => run.Status == "started").RunId;
        Assert.All(admitted.Where(run => run.RunId != holder), run => Assert.Equal(("queued", holder), (run.Status, run.Holder)));
        var queued = (await Store.Queries.ListAsync(new RunFilter(RunStatus.Queued), Cancel)).Items;
        Assert.Equal(29, queued.Count);
        Assert.All(queued, run => Assert.Equal(holder, run.QueuedBehind));
    }

    [Fact]
    public async Task The_slot_goes_to_the_highest_priority_then_to_the_oldest_in_the_transaction_that_gives_it_back()
    {
        await AdmitAsync(Keyed("r1"));
        await AdmitAsync(Keyed("r2") with { CreatedAt = Make.T0.AddSeconds(2) });
        await AdmitAsync(Keyed("r3") with { CreatedAt = Make.T0.AddSeconds(1) });
        await AdmitAsync(Keyed("r4") with { CreatedAt = Make.T0.AddSeconds(3), Priority = 90 });

        Assert.Equal(["r4"], await ReleaseAsync("r1", 1));
        Assert.Equal(["r3"], await EndAsync("r4"));
        Assert.Equal(["r2"], await EndAsync("r3"));
        Assert.Empty(await EndAsync("r2"));
        Assert.Equal("started", (await AdmitAsync(Keyed("r5"))).Status);
    }

    [Fact]
    public async Task A_run_that_got_a_slot_is_running_with_nobody_who_drives_it_and_is_found_by_the_sweep()
    {
        await AdmitAsync(Keyed("r1"));
        await AdmitAsync(Keyed("r2"));
        Assert.Empty(await Store.Queries.DueAsync(Now, ["node-1"], 10, Cancel));

        await ReleaseAsync("r1", 1);

        var row = (await Store.Journal.ReadAsync("r2", 0, Cancel))!.Row;
        Assert.Equal((RunStatus.Running, false), (row.Status, row.Owned));
        Assert.Equal(["r2"], await Store.Queries.DueAsync(Now, ["node-1"], 10, Cancel));
    }

    [Fact]
    public async Task A_run_that_ends_after_it_gave_its_slot_back_takes_nobodys()
    {
        await AdmitAsync(Keyed("r1"));
        await AdmitAsync(Keyed("r2"));
        await AdmitAsync(Keyed("r3") with { CreatedAt = Make.T0.AddSeconds(1) });
        await ReleaseAsync("r1", 1);

        var end = await Store.Journal.AppendAsync(Make.Batch("r1", 2, 1, row: Make.Ended, changes: new SlotReleased()));

        Assert.Null(end.Started);
        Assert.Equal("r2", (await Store.Queries.FindAsync("r3", Cancel))!.QueuedBehind);
    }

    [Fact]
    public async Task A_run_cancelled_in_the_queue_gets_no_slot()
    {
        await AdmitAsync(Keyed("r1"));
        await AdmitAsync(Keyed("r2"));
        await AdmitAsync(Keyed("r3") with { CreatedAt = Make.T0.AddSeconds(1) });

        Assert.Empty(await EndAsync("r2"));

        Assert.Equal(["r3"], await EndAsync("r1"));
    }

    [Fact]
    public async Task A_queued_run_that_writes_while_it_is_given_the_slot_is_queued_no_longer()
    {
        await AdmitAsync(Keyed("r1"));
        await AdmitAsync(Keyed("r2"));
        var taken = (await Store.Journal.TakeAsync("r2", "node-1", Cancel))!;
        await ReleaseAsync("r1", 1);

        await Store.Journal.AppendAsync(Make.Batch("r2", 1, taken.Epoch, row: taken.Row with { Owned = false }));

        Assert.Equal(RunStatus.Running, (await Store.Queries.FindAsync("r2", Cancel))!.Status);
        Assert.Equal(["r2"], await Store.Queries.DueAsync(Now, ["node-1"], 10, Cancel));
    }

    [Fact]
    public async Task Skip_writes_no_run_and_names_the_holder()
    {
        await AdmitAsync(Keyed("r1"));

        var skipped = await AdmitAsync(Keyed("r2") with { OnBusy = ConcurrencyPolicy.Skip });

        Assert.Equal(new AdmittedRun("r2", "contain", "skipped", "r1"), skipped);
        Assert.Null(await Store.Queries.FindAsync("r2", Cancel));
    }

    [Fact]
    public async Task Fail_writes_a_run_that_has_failed_with_both_events()
    {
        await AdmitAsync(Keyed("r1"));

        var failed = await AdmitAsync(Keyed("r2") with { OnBusy = ConcurrencyPolicy.Fail, FailedAtOnce = Make.Event(2, "busy") });

        Assert.Equal(new AdmittedRun("r2", "contain", "failed", "r1"), failed);
        var run = (await Store.Journal.ReadAsync("r2", 0, Cancel))!;
        Assert.Equal((RunStatus.Failed, 2, 2), (run.Row.Status, run.LastSeq, run.Events.Count));
        Assert.NotNull(run.Row.EndedAt);
        Assert.Empty(await Store.Queries.DueAsync(Now, ["node-1"], 10, Cancel));
    }

    [Fact]
    public async Task Keys_are_one_name_space_for_all_playbooks()
    {
        await AdmitAsync(Keyed("r1"));

        Assert.Equal("queued", (await AdmitAsync(Keyed("r2") with { Playbook = "notify" })).Status);
        Assert.Equal("started", (await AdmitAsync(Keyed("r3") with { ConcurrencyKey = "host/ws-2" })).Status);
    }

    private static NewRun Keyed(string id) => Make.Run(id) with { ConcurrencyKey = "host/ws-1" };

    private async Task<AdmittedRun> AdmitAsync(NewRun run) => (await Store.Journal.AdmitAsync(new Admission(null, [run]))).Runs[0];

    private async Task<IReadOnlyList<string>> ReleaseAsync(string run, long expected) =>
        (await Store.Journal.AppendAsync(Make.Batch(run, expected, 1, changes: new SlotReleased()))).Started ?? [];

    private async Task<IReadOnlyList<string>> EndAsync(string run)
    {
        var taken = (await Store.Journal.TakeAsync(run, "node-1", Cancel))!;
        var result = await Store.Journal.AppendAsync(Make.Batch(run, taken.LastSeq, taken.Epoch, row: Make.Ended));
        Assert.Equal(AppendStatus.Committed, result.Status);
        return result.Started ?? [];
    }
}
