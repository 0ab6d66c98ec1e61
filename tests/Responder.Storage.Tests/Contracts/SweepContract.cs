using System.Text.Json;
using Responder.Engine;
using Responder.Engine.Journal;

namespace Responder.Storage.Tests;

/// <summary>What the sweep finds: every run that must be looked at, and no other.</summary>
public abstract class SweepContract : StoreContract
{
    private static readonly TimeSpan[] RetryAfter = [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1)];

    [Fact]
    public async Task A_waiting_run_is_due_from_its_time_on()
    {
        await StartAsync("r1");
        await AppendAsync("r1", 1, Make.Waits with { DueAt = Now.AddMinutes(5) });

        Assert.Empty(await DueAsync());
        Bench.Time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(["r1"], await DueAsync());
    }

    [Fact]
    public async Task A_run_at_work_is_found_where_its_owner_is_not_among_the_living()
    {
        await StartAsync("r1");
        await StartAsync("r2", owner: "node-2");
        await StartAsync("r3", owner: null);

        Assert.Equal(["r3"], await DueAsync("node-1", "node-2"));
        Assert.Equal(["r2", "r3"], await DueAsync("node-1"));
        Assert.Equal(["r1", "r2", "r3"], await DueAsync());
        Assert.Equal(["r1", "r2"], await Store.Queries.DueAsync(Now, [], 2, Cancel));
    }

    [Fact]
    public async Task A_waiting_run_whose_taker_died_before_it_wrote_is_found_too()
    {
        await StartAsync("r1");
        await AppendAsync("r1", 1, Make.Waits);
        await Store.Journal.TakeAsync("r1", "node-2", Cancel);

        Assert.Empty(await DueAsync("node-2"));
        Assert.Equal(["r1"], await DueAsync("node-1"));
    }

    [Fact]
    public async Task An_ended_run_is_never_looked_at()
    {
        await StartAsync("r1");
        await AppendAsync("r1", 1, Make.Ended with { DueAt = Now, Owned = true });
        Assert.Empty(await DueAsync());

        await Store.Journal.TakeAsync("r1", "node-2", Cancel);

        Assert.Empty(await DueAsync());
        Assert.Equal(0, await Store.Queries.NoteLoopFailureAsync("r1", "boom", RetryAfter, Now, Cancel));
        Assert.Empty(await DueAsync());
    }

    [Fact]
    public async Task An_event_wakes_the_runs_that_wait_for_its_name_and_they_stay_woken_until_they_are_taken_and_write()
    {
        await StartAsync("r1");
        await StartAsync("r2");
        await AppendAsync("r1", 1, Make.Waits, new AwaitedEvents(["patched"]));
        await AppendAsync("r2", 1, Make.Waits, new AwaitedEvents(["other"]));

        Assert.Equal(["r1"], await PutAsync("e1", "patched"));
        await Bench.ReopenAsync();
        Assert.Equal(["r1"], await DueAsync("node-1"));

        await Store.Journal.TakeAsync("r1", "node-1", Cancel);
        Assert.Empty(await DueAsync("node-1"));
        Assert.Equal(["r1"], await DueAsync("node-2"));

        await Store.Journal.AppendAsync(Make.Batch("r1", 2, 2, row: Make.Waits, changes: new AwaitedEvents([])));
        Assert.Empty(await DueAsync());
        Assert.Empty(await PutAsync("e2", "patched"));
    }

    [Fact]
    public async Task An_event_that_came_just_before_the_run_wrote_that_it_waits_wakes_it()
    {
        await StartAsync("r1");
        await PutAsync("e1", "patched");

        await AppendAsync("r1", 1, Make.Waits, new AwaitedEvents(["patched"]));

        Assert.Equal(["r1"], await DueAsync("node-1"));
    }

    [Fact]
    public async Task A_run_whose_loop_threw_is_left_alone_for_a_while_then_longer_then_it_is_in_doubt()
    {
        await StartAsync("r1");

        Assert.Equal(1, await FailAsync("r1"));
        Assert.Empty(await DueAsync("node-1"));
        Bench.Time.Advance(RetryAfter[0]);
        Assert.Equal(["r1"], await DueAsync("node-1"));

        await Store.Journal.TakeAsync("r1", "node-1", Cancel);
        Assert.Equal(2, await FailAsync("r1"));
        Bench.Time.Advance(RetryAfter[0]);
        Assert.Empty(await DueAsync("node-1"));
        Bench.Time.Advance(RetryAfter[1]);
        Assert.Equal(["r1"], await DueAsync("node-1"));

        await Store.Journal.TakeAsync("r1", "node-1", Cancel);
        Assert.Equal(3, await FailAsync("r1"));
        Bench.Time.Advance(TimeSpan.FromDays(1));
        Assert.Empty(await DueAsync());
        var row = (await Store.Queries.FindAsync("r1", Cancel))!;
        Assert.Equal(RunStatus.InDoubt, row.Status);
        Assert.Contains("boom", row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_waiting_run_whose_loop_threw_is_tried_again_though_it_is_not_due()
    {
        await StartAsync("r1");
        await AppendAsync("r1", 1, Make.Waits);
        await Store.Journal.TakeAsync("r1", "node-1", Cancel);

        await FailAsync("r1");
        Bench.Time.Advance(RetryAfter[0]);

        Assert.Equal(["r1"], await DueAsync("node-1"));
    }

    [Fact]
    public async Task A_run_that_went_well_starts_its_count_again_and_one_in_doubt_goes_on_when_it_writes()
    {
        await StartAsync("r1");
        await FailAsync("r1");
        await FailAsync("r1");
        await FailAsync("r1");
        var taken = (await Store.Journal.TakeAsync("r1", "node-1", Cancel))!;
        Assert.Equal(RunStatus.InDoubt, taken.Row.Status);

        await Store.Journal.AppendAsync(Make.Batch("r1", 1, taken.Epoch, row: Make.Waits with { DueAt = Now }));

        Assert.Equal(["r1"], await DueAsync("node-1"));
        Assert.Equal(1, await FailAsync("r1"));
    }

    private Task<IReadOnlyList<string>> DueAsync(params string[] live) => Store.Queries.DueAsync(Now, live, 100, Cancel);

    private Task<int> FailAsync(string run) => Store.Queries.NoteLoopFailureAsync(run, "boom", RetryAfter, Now, Cancel);

    private Task<IReadOnlyList<string>> PutAsync(string id, string name) =>
        Store.Inbox.PutAsync(new InboxEvent(id, name, Now, JsonSerializer.SerializeToElement(new { ok = true })), Cancel);

    private async Task AppendAsync(string run, long expected, RunRow row, params RowChange[] changes) =>
        Assert.Equal(AppendStatus.Committed, (await Store.Journal.AppendAsync(Make.Batch(run, expected, 1, row: row, changes: changes))).Status);

    private Task<AdmissionResult> StartAsync(string run, string? owner = "node-1") => Store.Journal.AdmitAsync(new Admission(null, [Make.Run(run, owner)]));
}
