using System.Net;
using Responder.Engine;
using Responder.Web.Tests.Bench;

namespace Responder.Web.Tests;

/// <summary>Nothing that was accepted is lost: over restarts, full disks, and many senders at once.</summary>
public sealed class LossTests
{
    [Fact]
    public async Task A_restart_forgets_nothing()
    {
        await using var bench = await WebBench.StartAsync([Samples.Isolate]);
        var first = (await WebBench.Read(await bench.PostAsync("/api/alerts/generic", Alerts.Staged()), 202)).GetProperty("results")[0];
        var runId = first.GetProperty("runs")[0].GetProperty("run_id").GetString()!;
        var asked = await bench.ApprovalAsync(runId);
        var key = bench.Key;

        await bench.RestartAsync();

        Assert.Equal(key, bench.Key);
        Assert.Equal("duplicate", (await WebBench.Read(await bench.PostAsync("/api/alerts/generic", Alerts.Staged()), 202)).GetProperty("results")[0].GetProperty("status").GetString());
        var again = await bench.ApprovalAsync(runId);
        Assert.Equal(asked.GetProperty("gate").GetProperty("hash").GetString(), again.GetProperty("gate").GetProperty("hash").GetString());
        await WebBench.Read(
            await bench.PostAsync($"/api/approvals/{again.GetProperty("id").GetString()}", new { choice = "approve", hash = again.GetProperty("gate").GetProperty("hash").GetString() }), 200);
        Assert.Equal(RunStatus.Succeeded, await bench.UntilAsync(runId, RunStatus.Succeeded));
        Assert.Equal(1, (await bench.GetAsync($"/api/runs/{runId}")).GetProperty("mock_effects").GetProperty("edr.isolate_host").GetInt32());
    }

    [Fact]
    public async Task While_the_disk_is_full_senders_are_told_503_and_what_was_handed_in_is_kept_when_there_is_room()
    {
        StallingStore? store = null;
        await using var bench = await WebBench.StartAsync([Samples.Isolate], store: inner => store = new StallingStore(inner));
        store!.Fill();

        using var held = await bench.PostAsync("/api/alerts/generic", Alerts.Staged("a-1"));
        using var refused = await bench.PostAsync("/api/alerts/generic", Alerts.Staged("a-2"));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable), (held.StatusCode, refused.StatusCode));
        Assert.NotNull(held.Headers.RetryAfter);
        Assert.Equal("not_ready", (await bench.GetAsync("/readyz", 503)).GetProperty("status").GetString());
        Assert.Empty((await bench.GetAsync("/api/alerts")).GetProperty("items").EnumerateArray());

        using var feed = bench.Node.Store.Feed.Follow(null);
        store.MakeRoom();
        await using var notices = feed.ReadAllAsync(WebBench.Cancel).GetAsyncEnumerator(WebBench.Cancel);
        Assert.True(await notices.MoveNextAsync());
        Assert.Equal("duplicate", (await WebBench.Read(await bench.PostAsync("/api/alerts/generic", Alerts.Staged("a-1")), 202)).GetProperty("results")[0].GetProperty("status").GetString());
        Assert.Equal("grouped", (await WebBench.Read(await bench.PostAsync("/api/alerts/generic", Alerts.Staged("a-2")), 202)).GetProperty("results")[0].GetProperty("status").GetString());
        await bench.ApprovalAsync(notices.Current.RunId);
        await bench.GetAsync("/readyz");
    }

    [Fact]
    public async Task Many_senders_at_once_start_one_run_for_one_host_and_every_alert_is_kept()
    {
        await using var bench = await WebBench.StartAsync([Samples.Isolate]);

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(async index =>
            (await WebBench.Read(await bench.PostAsync("/api/alerts/generic", Alerts.Staged($"a-{index / 2}")), 202)).GetProperty("results")[0]));

        Assert.Equal(100, answers.Select(answer => answer.GetProperty("alert_id").GetString()).Distinct().Count());
        Assert.Equal(100, answers.Count(answer => answer.GetProperty("status").GetString() == "duplicate"));
        Assert.Single(answers, answer => answer.GetProperty("status").GetString() == "accepted");
        Assert.Single(answers.Select(answer => answer.GetProperty("runs")[0].GetProperty("run_id").GetString()).Distinct());
        Assert.Single((await bench.GetAsync("/api/runs")).GetProperty("items").EnumerateArray());
        Assert.Equal(100, (await bench.GetAsync("/api/alerts?limit=500")).GetProperty("items").GetArrayLength());
    }
}
