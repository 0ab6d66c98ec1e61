using Responder.Engine.Journal;

namespace Responder.Storage.Tests;

/// <summary>Kill switches and target locks, read in the transaction that commits an intent.</summary>
public abstract class IntentGuardContract : StoreContract
{
    [Theory]
    [InlineData("all", "", true)]
    [InlineData("connector", "falcon", true)]
    [InlineData("connector", "graph", false)]
    [InlineData("playbook", "contain", true)]
    [InlineData("playbook", "falcon", false)]
    public async Task A_thrown_switch_that_reaches_it_stops_an_intent_and_says_who_and_why(string scope, string name, bool stops)
    {
        await StartAsync("r1");
        await Store.KillSwitch.SetAsync(new KillSwitchRow(scope, name, "mlee", "wrong hosts", Now), on: true, Cancel);

        var result = await AppendAsync("r1", 1, Make.Guard("steps[0]", "host:a"));

        Assert.Equal(stops ? AppendStatus.Switched : AppendStatus.Committed, result.Status);
        Assert.Equal(stops, result.Reason?.Contains("mlee", StringComparison.Ordinal) is true && result.Reason.Contains("wrong hosts", StringComparison.Ordinal));
        Assert.Equal(stops ? 1 : 2, (await Store.Journal.ReadAsync("r1", 0, Cancel))!.LastSeq);
    }

    [Fact]
    public async Task What_has_no_guard_is_written_whatever_is_switched_off()
    {
        await StartAsync("r1");
        await Store.KillSwitch.SetAsync(new KillSwitchRow("all", "", "mlee", "wrong hosts", Now), on: true, Cancel);

        Assert.Equal(AppendStatus.Committed, (await AppendAsync("r1", 1, null)).Status);
    }

    [Fact]
    public async Task From_the_switchs_commit_on_no_intent_commits()
    {
        var runs = Enumerable.Range(0, 16).Select(index => $"r{index:00}").ToList();
        await Task.WhenAll(runs.Select(StartAsync));
        var thrown = 0;
        var late = 0;
        var first = new TaskCompletionSource();
        var writers = runs.Select(async run =>
        {
            for (var seq = 1; ; seq++)
            {
                var wasThrown = Volatile.Read(ref thrown) == 1;
                var result = await AppendAsync(run, seq, Make.Guard($"steps[{seq}]"));
                first.TrySetResult();
                if (result.Status == AppendStatus.Switched)
                {
                    return;
                }

                Interlocked.Add(ref late, wasThrown ? 1 : 0);
            }
        }).ToList();

        await first.Task;
        await Store.KillSwitch.SetAsync(new KillSwitchRow("all", "", "mlee", "stop", Now), on: true, Cancel);
        Volatile.Write(ref thrown, 1);
        var before = await LastSeqsAsync(runs);
        await Task.WhenAll(writers);

        Assert.Equal(0, late);
        Assert.Equal(before, await LastSeqsAsync(runs));
    }

    [Fact]
    public async Task A_lifted_switch_lets_intents_pass()
    {
        await StartAsync("r1");
        var row = new KillSwitchRow("connector", "falcon", "mlee", "stop", Now);
        await Store.KillSwitch.SetAsync(row, on: true, Cancel);
        Assert.Equal([row], await Store.KillSwitch.ReadAsync(Cancel));

        await Store.KillSwitch.SetAsync(row, on: false, Cancel);

        Assert.Empty(await Store.KillSwitch.ReadAsync(Cancel));
        Assert.Equal(AppendStatus.Committed, (await AppendAsync("r1", 1, Make.Guard("steps[0]"))).Status);
    }

    [Fact]
    public async Task A_target_is_one_runs_until_it_gives_it_back()
    {
        await StartAsync("r1");
        await StartAsync("r2");
        await AppendAsync("r1", 1, Make.Guard("steps[0]", "host:a", "host:b"));

        var busy = await AppendAsync("r2", 1, Make.Guard("steps[0]", "host:c", "host:b"));
        Assert.Equal((AppendStatus.Locked, "r1"), (busy.Status, busy.Holder));
        Assert.Equal(AppendStatus.Committed, (await AppendAsync("r1", 2, null, new LocksReleased("steps[0]"))).Status);

        Assert.Equal(AppendStatus.Committed, (await AppendAsync("r2", 1, Make.Guard("steps[0]", "host:c", "host:b"))).Status);
    }

    [Fact]
    public async Task A_lock_that_the_same_step_holds_is_no_obstacle_and_one_of_another_step_is()
    {
        await StartAsync("r1");
        await AppendAsync("r1", 1, Make.Guard("steps[0]", "host:a"));

        Assert.Equal(AppendStatus.Committed, (await AppendAsync("r1", 2, Make.Guard("steps[0]", "host:a"))).Status);
        Assert.Equal(AppendStatus.Locked, (await AppendAsync("r1", 3, Make.Guard("steps[1]", "host:a"))).Status);
        Assert.Equal(AppendStatus.Committed, (await AppendAsync("r1", 3, null, new LocksReleased("steps[1]"))).Status);
        Assert.Equal(AppendStatus.Locked, (await AppendAsync("r1", 4, Make.Guard("steps[1]", "host:a"))).Status);
    }

    [Fact]
    public async Task A_lock_that_the_batch_itself_gives_back_is_free_for_the_next_step_which_holds_it_then()
    {
        await StartAsync("r1");
        await StartAsync("r2");
        await AppendAsync("r1", 1, Make.Guard("steps[0]", "host:a"));

        Assert.Equal(AppendStatus.Committed, (await AppendAsync("r1", 2, Make.Guard("steps[1]", "host:a"), new LocksReleased("steps[0]"))).Status);

        Assert.Equal(AppendStatus.Locked, (await AppendAsync("r2", 1, Make.Guard("steps[0]", "host:a"), new LocksReleased("steps[1]"))).Status);
        Assert.Equal(AppendStatus.Committed, (await AppendAsync("r1", 3, null, new LocksReleased("steps[1]"))).Status);
        Assert.Equal(AppendStatus.Committed, (await AppendAsync("r2", 1, Make.Guard("steps[0]", "host:a"))).Status);
    }

    [Fact]
    public async Task An_ended_run_holds_no_lock()
    {
        await StartAsync("r1");
        await StartAsync("r2");
        await AppendAsync("r1", 1, Make.Guard("steps[0]", "host:a"));

        await Store.Journal.AppendAsync(Make.Batch("r1", 2, 1, row: Make.Ended));

        Assert.Equal(AppendStatus.Committed, (await AppendAsync("r2", 1, Make.Guard("steps[0]", "host:a"))).Status);
    }

    [Fact]
    public async Task Of_many_that_want_a_target_at_once_one_gets_it()
    {
        var runs = Enumerable.Range(0, 40).Select(index => $"r{index:00}").ToList();
        await Task.WhenAll(runs.Select(StartAsync));

        var results = await Task.WhenAll(runs.Select(run => Task.Run(() => AppendAsync(run, 1, Make.Guard("steps[0]", "host:a")))));

        Assert.Equal(1, results.Count(result => result.Status == AppendStatus.Committed));
        Assert.Single(results.Where(result => result.Status == AppendStatus.Locked).Select(result => result.Holder).Distinct());
    }

    [Fact]
    public async Task A_stale_owner_is_told_that_it_is_fenced_not_that_the_target_is_busy()
    {
        await StartAsync("r1");
        await StartAsync("r2");
        await AppendAsync("r2", 1, Make.Guard("steps[0]", "host:a"));
        await Store.Journal.TakeAsync("r1", "node-2", Cancel);

        Assert.Equal(AppendStatus.Fenced, (await AppendAsync("r1", 1, Make.Guard("steps[0]", "host:a"))).Status);
    }

    private Task<AppendResult> AppendAsync(string run, long expected, IntentGuard? guard, params RowChange[] changes) =>
        Store.Journal.AppendAsync(Make.Batch(run, expected, 1, guard: guard, changes: changes));

    private async Task<long[]> LastSeqsAsync(IEnumerable<string> runs) =>
        await Task.WhenAll(runs.Select(async run => (await Store.Journal.ReadAsync(run, long.MaxValue, Cancel))!.LastSeq));

    private Task StartAsync(string run) => Store.Journal.AdmitAsync(new Admission(null, [Make.Run(run)]));

    [Theory]
    [InlineData("intended")]
    [InlineData("already_so")]
    [InlineData("done")]
    public async Task What_another_run_holds_is_not_given_back_and_nothing_of_it_is_written(string held)
    {
        await Store.Journal.AdmitAsync(new Admission(null, [Make.Run("r1"), Make.Run("r2"), Make.Run("undo"), Make.Run("r4")]));
        await Store.Journal.AppendAsync(Make.Batch("r1", 1, 1, changes: [Holds("r1", "done")]));
        await Store.Journal.AppendAsync(Make.Batch("r2", 1, 1, changes: [Holds("r2", held)]));
        var guard = Make.Guard("steps[1]", "host:ws-1") with { Sole = new SoleHold("edr.isolate_host", "r1") };

        var refused = await Store.Journal.AppendAsync(Make.Batch("undo", 1, 1, guard: guard));

        Assert.Equal((AppendStatus.HeldToo, "r2"), (refused.Status, refused.Holder));
        Assert.Equal(1, (await Store.Journal.ReadAsync("undo", 0, Cancel))!.LastSeq);
        Assert.Equal(AppendStatus.Committed, (await Store.Journal.AppendAsync(Make.Batch("r4", 1, 1, guard: Make.Guard("steps[0]", "host:ws-1"), changes: [new LocksReleased("steps[0]")]))).Status);
        await Store.Journal.AppendAsync(Make.Batch("r4", 2, 1, changes: [new LocksReleased("steps[0]")]));
        await Store.Journal.AppendAsync(Make.Batch("r2", 2, 1, changes: [Holds("r2", "undone")]));
        Assert.Equal(AppendStatus.Committed, (await Store.Journal.AppendAsync(Make.Batch("undo", 1, 1, guard: guard))).Status);
    }

    private static EffectRecorded Holds(string run, string status) => new(new EffectRow("falcon", "host:ws-1", "ws-1", "edr.isolate_host", Sdk.Effect.Contain, run, "steps[0]", true, status, Make.T0));
}
