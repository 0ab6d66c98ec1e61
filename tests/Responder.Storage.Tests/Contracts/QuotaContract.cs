using Responder.Engine.Journal;

namespace Responder.Storage.Tests;

/// <summary>Quotas, counted in the transaction that commits the intent: over all runs, never more than there may be unless people approved it.</summary>
public abstract class QuotaContract : StoreContract
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task Past_the_limit_nothing_is_written_and_the_quota_is_named()
    {
        await StartAsync("r1", "r2", "r3");
        Assert.Equal(AppendStatus.Committed, (await AppendAsync("r1", 1, Quota(2))).Status);
        Assert.Equal(AppendStatus.Committed, (await AppendAsync("r2", 1, Quota(2))).Status);

        var over = await AppendAsync("r3", 1, Quota(2));

        Assert.Equal((AppendStatus.OverQuota, "isolations"), (over.Status, over.Quota));
        Assert.Equal(1, (await Store.Journal.ReadAsync("r3", 0, Cancel))!.LastSeq);
        Assert.Equal(AppendStatus.Committed, (await Store.Journal.AppendAsync(Make.Batch("r3", 1, 1))).Status);
    }

    [Fact]
    public async Task One_that_people_approved_is_counted_and_not_stopped()
    {
        await StartAsync("r1", "r2", "r3");
        await AppendAsync("r1", 1, Quota(1));

        Assert.Equal(AppendStatus.Committed, (await AppendAsync("r2", 1, Quota(1) with { Approved = true })).Status);

        Assert.Equal(AppendStatus.OverQuota, (await AppendAsync("r3", 1, Quota(2))).Status);
    }

    [Fact]
    public async Task A_step_counts_once_however_often_it_is_tried_and_another_step_of_its_run_counts_too()
    {
        await StartAsync("r1");
        await AppendAsync("r1", 1, Quota(1));

        Assert.Equal(AppendStatus.Committed, (await AppendAsync("r1", 2, Quota(1))).Status);
        Assert.Empty(await UsedUpAsync("r1", "steps[0]", Quota(1)));

        Assert.Equal(AppendStatus.OverQuota, (await AppendAsync("r1", 3, Quota(1), "steps[1]")).Status);
        Assert.Equal(["isolations"], (await UsedUpAsync("r1", "steps[1]", Quota(1))).Select(quota => quota.Key));
    }

    [Fact]
    public async Task What_is_older_than_the_window_does_not_count()
    {
        await StartAsync("r1", "r2", "r3");
        await AppendAsync("r1", 1, Quota(1));
        Bench.Time.Advance(Hour - TimeSpan.FromSeconds(1));
        Assert.Equal(AppendStatus.OverQuota, (await AppendAsync("r2", 1, Quota(1))).Status);

        Bench.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Empty(await UsedUpAsync("r2", "steps[0]", Quota(1)));
        Assert.Equal(AppendStatus.Committed, (await AppendAsync("r2", 1, Quota(1))).Status);
        Assert.Equal(AppendStatus.OverQuota, (await AppendAsync("r3", 1, Quota(1))).Status);
    }

    [Fact]
    public async Task Of_several_quotas_each_must_have_room_and_where_one_has_none_nothing_is_counted()
    {
        await StartAsync("r1", "r2", "r3");
        await AppendAsync("r1", 1, Quota(1, "of-a"));

        var over = await Store.Journal.AppendAsync(Make.Batch("r2", 1, 1, guard: Make.Guard("steps[0]") with { Quotas = [Quota(1, "of-b"), Quota(1, "of-a")] }));

        Assert.Equal((AppendStatus.OverQuota, "of-a"), (over.Status, over.Quota));
        Assert.Equal(["of-a"], (await UsedUpAsync("r3", "steps[0]", Quota(1, "of-a"), Quota(1, "of-b"))).Select(quota => quota.Key));
        Assert.Equal(AppendStatus.Committed, (await AppendAsync("r3", 1, Quota(1, "of-b"))).Status);
    }

    [Fact]
    public async Task A_stale_owner_and_a_thrown_switch_are_told_first_and_a_busy_target_counts_nothing()
    {
        await StartAsync("r1", "r2", "r3", "r4");
        await Store.Journal.AppendAsync(Make.Batch("r1", 1, 1, guard: Make.Guard("steps[0]", "host:a") with { Quotas = [Quota(1)] }));
        await Store.Journal.TakeAsync("r2", "node-2", Cancel);
        Assert.Equal(AppendStatus.Fenced, (await AppendAsync("r2", 1, Quota(1))).Status);

        Assert.Equal(AppendStatus.Locked, (await Store.Journal.AppendAsync(Make.Batch("r3", 1, 1, guard: Make.Guard("steps[0]", "host:a") with { Quotas = [Quota(2)] }))).Status);
        Assert.Equal(AppendStatus.Committed, (await AppendAsync("r4", 1, Quota(2))).Status);

        await Store.KillSwitch.SetAsync(new KillSwitchRow("all", "", "mlee", "stop", Now), on: true, Cancel);
        Assert.Equal(AppendStatus.Switched, (await AppendAsync("r3", 1, Quota(1))).Status);
    }

    [Fact]
    public async Task Of_many_at_once_as_many_pass_as_may()
    {
        var runs = Enumerable.Range(0, 60).Select(index => $"r{index:00}").ToArray();
        await StartAsync(runs);

        var results = await Task.WhenAll(runs.Select(run => Task.Run(() => AppendAsync(run, 1, Quota(7)))));

        Assert.Equal(7, results.Count(result => result.Status == AppendStatus.Committed));
        Assert.Equal(53, results.Count(result => result.Status == AppendStatus.OverQuota));
    }

    protected static QuotaUse Quota(int most, string key = "isolations") => new(key, key, most, Hour, ["lead"]);

    private Task<AppendResult> AppendAsync(string run, long expected, QuotaUse quota, string path = "steps[0]") =>
        Store.Journal.AppendAsync(Make.Batch(run, expected, 1, guard: Make.Guard(path) with { Quotas = [quota] }));

    private async Task<IReadOnlyList<QuotaUse>> UsedUpAsync(string run, string path, params QuotaUse[] quotas) => await Store.Journal.UsedUpAsync(quotas, run, path, Now);

    private async Task StartAsync(params string[] runs)
    {
        foreach (var run in runs)
        {
            await Store.Journal.AdmitAsync(new Admission(null, [Make.Run(run)]));
        }
    }
}
