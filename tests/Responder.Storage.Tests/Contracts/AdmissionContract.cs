using Responder.Engine.Journal;

namespace Responder.Storage.Tests;

/// <summary>Nothing accepted is lost, nothing is accepted twice.</summary>
public abstract class AdmissionContract : StoreContract
{
    [Fact]
    public async Task An_alert_and_its_runs_are_there_after_a_restart()
    {
        var alert = Make.Alert("a1", "sysmon|17|1");

        var result = await AdmitAsync(alert, Make.Run("r1") with { AlertId = "a1" }, Make.Run("r2", owner: null, playbook: "notify") with { AlertId = "a1" });
        await Bench.ReopenAsync();

        Assert.Equal((false, "a1"), (result.Duplicate, result.AlertId));
        Assert.Equal([new AdmittedRun("r1", "contain", "started", Epoch: 1), new AdmittedRun("r2", "notify", "started", Epoch: 0)], result.Runs);
        var stored = (await Store.Queries.AlertAsync("a1", Cancel))!;
        Assert.Equal(alert with { Normal = default }, stored with { Normal = default });
        Assert.Equal("Data staged", stored.Normal.GetProperty("title").GetString());
        Assert.Equal((1, 1, true), await StandsAsync("r1"));
        Assert.Equal((1, 0, false), await StandsAsync("r2"));
    }

    [Fact]
    public async Task A_repeated_delivery_writes_nothing_and_gives_the_first_ids()
    {
        var first = await AdmitAsync(Make.Alert("a1", "sysmon|17|1"), Make.Run("r1") with { AlertId = "a1" });

        var again = await AdmitAsync(Make.Alert("a2", "sysmon|17|1"), Make.Run("r2") with { AlertId = "a2" });

        Assert.Equal((true, "a1"), (again.Duplicate, again.AlertId));
        Assert.Equal(first.Runs.Select(run => (run.RunId, run.Status)), again.Runs.Select(run => (run.RunId, run.Status)));
        Assert.Null(await Store.Queries.FindAsync("r2", Cancel));
        Assert.Null(await Store.Queries.AlertAsync("a2", Cancel));
    }

    [Fact]
    public async Task Of_one_delivery_sent_many_times_at_once_one_is_accepted()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(index => Task.Run(
            () => AdmitAsync(Make.Alert($"a{index}", "sysmon|17|1"), Make.Run($"r{index}") with { AlertId = $"a{index}" }))));

        Assert.Equal(1, results.Count(result => !result.Duplicate));
        Assert.Single(results.Select(result => result.Runs[0].RunId).Distinct());
        Assert.Single((await Store.Queries.ListAsync(new RunFilter(), Cancel)).Items);
    }

    [Fact]
    public async Task Alerts_without_a_delivery_key_are_never_duplicates()
    {
        Assert.False((await AdmitAsync(Make.Alert("a1"))).Duplicate);
        Assert.False((await AdmitAsync(Make.Alert("a2"))).Duplicate);
    }

    [Fact]
    public async Task An_alert_with_a_dedupe_key_inside_the_window_is_attached_to_the_run_that_is_there()
    {
        var first = Keyed("r1") with { AlertId = "a1" };
        await AdmitAsync(Make.Alert("a1"), first);

        var inside = await AdmitAsync(Make.Alert("a2"), Keyed("r2") with { AlertId = "a2", CreatedAt = Make.T0.AddMinutes(59) });
        var other = await AdmitAsync(null, Keyed("r3") with { Playbook = "notify" });
        var outside = await AdmitAsync(null, Keyed("r4") with { CreatedAt = Make.T0.AddHours(1) });

        Assert.Equal([new AdmittedRun("r1", "contain", "attached")], inside.Runs);
        Assert.Equal("grouped", (await Store.Queries.AlertAsync("a2", Cancel))!.Status);
        Assert.Equal("started", other.Runs[0].Status);
        Assert.Equal("started", outside.Runs[0].Status);
        Assert.Equal(["r1"], (await Store.Queries.ListAsync(new RunFilter(AlertId: "a2"), Cancel)).Items.Select(run => run.RunId));
    }

    [Fact]
    public async Task The_window_counts_from_the_run_that_is_there_whether_it_has_ended_or_not()
    {
        await AdmitAsync(null, Keyed("r1"));
        await Store.Journal.AppendAsync(Make.Batch("r1", 1, 1, row: Make.Ended));

        Assert.Equal("attached", (await AdmitAsync(null, Keyed("r2") with { CreatedAt = Make.T0.AddMinutes(30) })).Runs[0].Status);
        Assert.Equal("started", (await AdmitAsync(null, Keyed("r3") with { CreatedAt = Make.T0.AddMinutes(61) })).Runs[0].Status);
    }

    [Fact]
    public async Task Of_many_alerts_with_one_dedupe_key_at_once_one_starts_a_run()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(index => Task.Run(() => AdmitAsync(Make.Alert($"a{index}"), Keyed($"r{index}")))));

        var statuses = results.Select(result => result.Runs[0].Status).ToLookup(status => status);
        Assert.Single(statuses["started"]);
        Assert.Equal(49, statuses["attached"].Count());
        Assert.Single(results.Select(result => result.Runs[0].RunId).Distinct());
    }

    [Fact]
    public async Task An_id_that_is_there_already_is_refused_and_leaves_nothing()
    {
        await AdmitAsync(null, Make.Run("r1"));

        await Assert.ThrowsAsync<StoreRefusedException>(() => AdmitAsync(Make.Alert("a1"), Make.Run("r2"), Make.Run("r1")));

        Assert.Null(await Store.Queries.AlertAsync("a1", Cancel));
        Assert.Null(await Store.Queries.FindAsync("r2", Cancel));
    }

    [Fact]
    public async Task News_of_an_alert_is_attached_to_the_run_that_it_started_long_after_the_window()
    {
        await AdmitAsync(Make.Alert("a1"), Keyed("r1") with { AlertId = "a1", AlertKey = "alert|falcon|17" });

        var late = await AdmitAsync(Make.Alert("a2"), Keyed("r2") with { AlertId = "a2", AlertKey = "alert|falcon|17", CreatedAt = Make.T0.AddDays(2) });
        var other = await AdmitAsync(Make.Alert("a3"), Keyed("r3") with { AlertId = "a3", AlertKey = "alert|falcon|18", CreatedAt = Make.T0.AddDays(2) });

        Assert.Equal([new AdmittedRun("r1", "contain", "attached")], late.Runs);
        Assert.Equal("started", other.Runs[0].Status);
    }

    private static NewRun Keyed(string id) => Make.Run(id) with { DedupeKey = "ws-1|c:\\temp", DedupeWindow = TimeSpan.FromHours(1) };

    private async Task<(long LastSeq, long Epoch, bool Owned)> StandsAsync(string run) =>
        await Store.Journal.ReadAsync(run, 0, Cancel) is { } stored ? (stored.LastSeq, stored.Epoch, stored.Row.Owned) : default;

    private Task<AdmissionResult> AdmitAsync(AlertRow? alert, params NewRun[] runs) => Store.Journal.AdmitAsync(new Admission(alert, runs));
}
