using System.Text.Json;
using Responder.Engine.Journal;

namespace Responder.Storage.Tests;

/// <summary>What is to be done outside is written down with what it follows from, and is done by one at a time.</summary>
public abstract class ErrandsContract : StoreContract
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task An_errand_is_there_with_its_alert_and_gone_when_it_is_done()
    {
        await Store.Journal.AdmitAsync(new Admission(Make.Alert("a1", "splunk|1|"), []) { Errands = [Of("e1")] });
        await Store.Journal.AdmitAsync(new Admission(Make.Alert("a2", "splunk|1|"), []) { Errands = [Of("e2")] });
        await Bench.ReopenAsync();

        var taken = Assert.Single(await Store.Errands.TakeAsync(Now, Lease, 10, Cancel));
        Assert.Equal(("e1", "alert.rest", null, 0, 7), (taken.Id, taken.Kind, taken.RunId, taken.Attempts, taken.Payload.GetProperty("n").GetInt32()));

        await Store.Errands.DoneAsync("e1", Cancel);
        Assert.Empty(await Store.Errands.ListAsync(10, Cancel));
    }

    [Fact]
    public async Task What_one_has_taken_nobody_else_gets_until_the_lease_is_over()
    {
        await Store.Journal.AdmitAsync(new Admission(Make.Alert("a1"), []) { Errands = [.. Enumerable.Range(0, 20).Select(i => Of($"e{i}"))] });

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Store.Errands.TakeAsync(Now, Lease, 5, Cancel))));

        Assert.Equal(20, taken.SelectMany(some => some).Select(one => one.Id).Distinct().Count());
        Assert.Equal(20, taken.Sum(some => some.Count));
        Assert.Equal(20, (await Store.Errands.TakeAsync(Now + Lease, Lease, 100, Cancel)).Count);
    }

    [Fact]
    public async Task An_errand_at_the_end_is_due_when_its_run_has_ended()
    {
        await Store.Journal.AdmitAsync(new Admission(null, [Make.Run("r1") with { Errands = [Of("r1/start"), Of("r1/end") with { AtEnd = true }] }]));
        Assert.Equal(["r1/start"], (await Store.Errands.TakeAsync(Now, Lease, 10, Cancel)).Select(one => one.Id));
        await Store.Errands.DoneAsync("r1/start", Cancel);

        await Store.Journal.AppendAsync(Make.Batch("r1", 1, 1, row: Make.Ended));

        var end = Assert.Single(await Store.Errands.TakeAsync(Now, Lease, 10, Cancel));
        Assert.Equal(("r1/end", "r1"), (end.Id, end.RunId));
    }

    [Fact]
    public async Task A_run_that_did_not_come_about_has_no_errands()
    {
        await Store.Journal.AdmitAsync(new Admission(null, [Make.Run("r1") with { DedupeKey = "k", DedupeWindow = TimeSpan.FromHours(1) }]));
        await Store.Journal.AdmitAsync(new Admission(null, [Make.Run("r2") with { DedupeKey = "k", DedupeWindow = TimeSpan.FromHours(1), Errands = [Of("r2/start")] }]));

        Assert.Empty(await Store.Errands.ListAsync(10, Cancel));
    }

    [Fact]
    public async Task An_alert_that_is_attached_has_its_own_errands_of_the_run_that_is_there_once()
    {
        var keyed = Make.Run("r1") with { DedupeKey = "k", DedupeWindow = TimeSpan.FromHours(1) };
        NewErrand[] attached = [Of("news/*/x/start"), Of("news/*/x/end") with { AtEnd = true }];
        await Store.Journal.AdmitAsync(new Admission(Make.Alert("a1"), [keyed with { ErrandsIfAttached = attached }]));
        Assert.Empty(await Store.Errands.ListAsync(10, Cancel));

        await Store.Journal.AdmitAsync(new Admission(Make.Alert("a2"), [keyed with { RunId = "r2", ErrandsIfAttached = attached }]));
        await Store.Journal.AdmitAsync(new Admission(Make.Alert("a3"), [keyed with { RunId = "r3", ErrandsIfAttached = attached }]));
        var start = Assert.Single(await Store.Errands.TakeAsync(Now, Lease, 10, Cancel));
        Assert.Equal(("news/r1/x/start", "r1"), (start.Id, start.RunId));
        await Store.Errands.DoneAsync(start.Id, Cancel);

        await Store.Journal.AppendAsync(Make.Batch("r1", 1, 1, row: Make.Ended));
        Assert.Equal("news/r1/x/end", Assert.Single(await Store.Errands.TakeAsync(Now, Lease, 10, Cancel)).Id);

        await Store.Journal.AdmitAsync(new Admission(Make.Alert("a4"), [keyed with { RunId = "r4", ErrandsIfAttached = [Of("news/*/y/end") with { AtEnd = true }] }]));
        Assert.Equal("news/r1/y/end", Assert.Single(await Store.Errands.TakeAsync(Now, Lease, 10, Cancel)).Id);
    }

    [Fact]
    public async Task Put_off_it_comes_again_and_given_up_it_stays_for_people()
    {
        await Store.Journal.AdmitAsync(new Admission(Make.Alert("a1"), []) { Errands = [Of("e1")] });
        await Store.Errands.TakeAsync(Now, Lease, 1, Cancel);

        await Store.Errands.PutOffAsync("e1", Now.AddSeconds(10), null, Cancel);
        await Store.Errands.PutOffAsync("e1", Now.AddSeconds(10), "The product is away.", Cancel);
        Assert.Empty(await Store.Errands.TakeAsync(Now, Lease, 1, Cancel));
        var again = Assert.Single(await Store.Errands.TakeAsync(Now.AddSeconds(10), Lease, 1, Cancel));
        Assert.Equal((1, "The product is away."), (again.Attempts, again.Error));

        await Store.Errands.PutOffAsync("e1", null, "The alert is not there.", Cancel);
        await Bench.ReopenAsync();
        Assert.Empty(await Store.Errands.TakeAsync(Now.AddDays(1), Lease, 1, Cancel));
        var kept = Assert.Single(await Store.Errands.ListAsync(10, Cancel));
        Assert.Equal((2, "The alert is not there.", (DateTimeOffset?)null), (kept.Attempts, kept.Error, kept.DueAt));
    }

    private static NewErrand Of(string id) => new(id, "alert.rest", JsonSerializer.SerializeToElement(new { n = 7 }));
}
