using System.Globalization;
using System.Text.Json;
using Responder.Engine;
using Responder.Hosting.Errands;
using Responder.Hosting.Feeds;
using Responder.Sdk.Estate;
using Responder.Web.Tests.Bench;

namespace Responder.Web.Tests;

/// <summary>What a node does by itself: it fetches alerts, tells their product what became of them, and starts playbooks by the clock.</summary>
public sealed class NodeWorkTests
{
    private const string Alert = "STAGED-1";

    private const string Closes = """
        id: closes
        name: Look and close
        on:
          alert:
            when: alert.attack.includes('T1074.001')
            dedupe: { key: "${{ alert.device.hostname }}", window: 1s }
        steps:
          - stop: { outcome: false_positive, reason: "It was the backup\nof the host." }
        """;

    [Fact]
    public async Task A_fetched_alert_starts_one_run_and_its_product_is_told_of_the_start_and_the_end()
    {
        await using var bench = await WebBench.StartAsync(
            [Closes],
            options => options with
            {
                Feeds = [new FeedSettings("mock", TimeSpan.FromMilliseconds(100), null, TimeSpan.FromHours(1))],
                WriteBack = [new WriteBackSettings("mock", "soc-bot")],
                PublicAddress = "https://responder.example",
            },
            overrides: Estate());

        var run = await FirstRunAsync(bench);
        var told = await UntilAsync(bench, alert => alert.Status == "resolved");

        Assert.Equal("soc-bot", told.Owner ?? "soc-bot");
        var comment = told.Comments[^1].Body;
        Assert.Contains($"run {run} of playbook closes ended: succeeded, false positive. It was the backup of the host.", comment, StringComparison.Ordinal);
        Assert.EndsWith($"[responder/{run}/end]", comment, StringComparison.Ordinal);

        // What we wrote changed the alert, so the feed gives it again: that must start nothing.
        var seen = (await bench.GetAsync("/api/alerts")).GetProperty("items").GetArrayLength();
        await UntilAsync(bench, async () => (await bench.GetAsync("/api/alerts")).GetProperty("items").GetArrayLength() > 1);
        Assert.Single((await bench.GetAsync("/api/runs")).GetProperty("items").EnumerateArray());
        Assert.InRange(seen, 1, 3);
        var feed = Assert.Single((await bench.GetAsync("/api/feeds")).GetProperty("items").EnumerateArray().ToList());
        Assert.Equal(("mock", "generic", JsonValueKind.Null), (feed.GetProperty("connection").GetString(), feed.GetProperty("source").GetString(), feed.GetProperty("error").ValueKind));
        await UntilAsync(bench, async () => (await bench.GetAsync("/api/errands")).GetProperty("items").GetArrayLength() == 0);
        Assert.NotNull(await bench.Node.Store.Settings.GetAsync("feed/mock", WebBench.Cancel));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_product_is_told_of_an_alert_too_that_is_attached_to_anothers_run_unless_the_settings_say_no(bool attached)
    {
        await using var bench = await WebBench.StartAsync(
            ["""
                id: waits
                name: One run for a host
                on:
                  alert:
                    when: alert.attack.includes('T1074.001')
                    dedupe: { key: "${{ alert.device.hostname }}", window: 1h }
                steps:
                  - wait: { event: word }
                    timeout: 1h
                  - stop: { outcome: contained, reason: It was told so. }
                """.ReplaceLineEndings("\n")],
            options => options with
            {
                Feeds = [new FeedSettings("mock", TimeSpan.FromMilliseconds(100), null, TimeSpan.FromHours(1))],
                WriteBack = [new WriteBackSettings("mock", "soc-bot", Attached: attached)],
            },
            overrides: Estate() + "\n" + Estate().Split('\n', 3)[2].Replace(Alert, "STAGED-2", StringComparison.Ordinal));

        await UntilAsync(bench, one => one.Status == "in_progress");
        Assert.Equal(202, (int)(await bench.PostAsync("/api/events/word", new { })).StatusCode);
        await UntilAsync(bench, one => one.Status == "resolved");
        var other = attached ? await UntilAsync(bench, one => one.Status == "resolved", "STAGED-2") : null;

        // What was written changed the alerts, so they come again: nothing is written twice.
        var fetched = await FetchedAsync(bench);
        await UntilAsync(bench, async () => await FetchedAsync(bench) > fetched + 8 && (await bench.GetAsync("/api/errands")).GetProperty("items").GetArrayLength() == 0);
        var estate = bench.Node.Connections.ServiceOf<MockEstate>("mock")!;
        Assert.Equal((2, attached ? 2 : 0), estate.Read(company => (company.Siem.Alert(Alert).Comments.Count, company.Siem.Alert("STAGED-2").Comments.Count)));
        Assert.Equal(attached ? "soc-bot" : null, estate.Read(company => company.Siem.Alert("STAGED-2").Owner));
        Assert.Single((await bench.GetAsync("/api/runs")).GetProperty("items").EnumerateArray());
        Assert.Equal(attached, other is not null);
    }

    [Fact]
    public async Task After_a_restart_the_feed_goes_on_where_it_was_and_starts_nothing_twice()
    {
        await using var bench = await WebBench.StartAsync(
            [Closes], options => options with { Feeds = [new FeedSettings("mock", TimeSpan.FromMilliseconds(100), null, TimeSpan.FromHours(1))] }, overrides: Estate());
        await FirstRunAsync(bench);
        var cursor = await UntilAsync(bench, async () => await bench.Node.Store.Settings.GetAsync("feed/mock", WebBench.Cancel) is not null) ? await bench.Node.Store.Settings.GetAsync("feed/mock", WebBench.Cancel) : null;

        await bench.RestartAsync();
        await UntilAsync(bench, async () => (await bench.GetAsync("/api/feeds")).GetProperty("items")[0].GetProperty("last_ok_at").ValueKind == JsonValueKind.String);

        Assert.Equal(cursor, await bench.Node.Store.Settings.GetAsync("feed/mock", WebBench.Cancel));
        Assert.True((await bench.GetAsync("/api/feeds")).GetProperty("items")[0].GetProperty("fetched").GetInt64() > 0);
        Assert.Single((await bench.GetAsync("/api/runs")).GetProperty("items").EnumerateArray());
        Assert.Single((await bench.GetAsync("/api/alerts")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_playbook_starts_by_the_clock_and_stops_when_its_schedule_is_gone()
    {
        await using var bench = await WebBench.StartAsync(["""
            id: ticking
            name: Every second
            on: { schedule: { cron: "* * * * * ?", timezone: Europe/Berlin } }
            steps:
              - stop: { outcome: completed, reason: done }
            """]);

        await UntilAsync(bench, async () => (await bench.GetAsync("/api/runs")).GetProperty("items").GetArrayLength() >= 2);

        var runs = (await bench.GetAsync("/api/runs")).GetProperty("items").EnumerateArray().ToList();
        Assert.All(runs, run => Assert.Equal(("ticking", "schedule"), (run.GetProperty("playbook").GetString(), run.GetProperty("started_by").GetString())));
    }

    [Fact]
    public async Task The_rows_that_a_webhook_left_out_are_fetched_by_its_search_and_come_in_once()
    {
        await using var bench = await WebBench.StartAsync([Closes], overrides: """
            siem:
              searches:
                sch_1:
                  - { _cd: "1", dest: WS-1, _time: "1772355600" }
                  - { _cd: "2", dest: WS-2, _time: "1772355601" }
                  - { _cd: "3", dest: WS-3, _time: "1772355602" }
            """);
        var first = new { sid = "sch_1", search_name = "Mass copy T1074.001", results_link = "https://splunk.example/1", result = new { _cd = "1", dest = "WS-1", _time = "1772355600" } };

        await WebBench.Read(await bench.PostAsync("/api/alerts/splunk", first), 202);
        await UntilAsync(bench, async () => (await bench.GetAsync("/api/runs")).GetProperty("items").GetArrayLength() >= 3);
        await WebBench.Read(await bench.PostAsync("/api/alerts/splunk", first), 202);
        await WebBench.Read(await bench.PostAsync("/api/alerts/splunk", new { sid = "gone", search_name = "T1074.001", result = new { _cd = "9", dest = "WS-9" } }), 202);
        await UntilAsync(bench, async () => (await bench.GetAsync("/api/errands")).GetProperty("items") is { } items && items.GetArrayLength() == 1 && items[0].GetProperty("due_at").ValueKind == JsonValueKind.Null);

        var hosts = (await bench.GetAsync("/api/alerts")).GetProperty("items").EnumerateArray().Select(one => one.GetProperty("host").GetString()).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(["WS-1", "WS-2", "WS-3", "WS-9"], hosts);
        Assert.Contains("keeps no search", (await bench.GetAsync("/api/errands")).GetProperty("items")[0].GetProperty("error").GetString()!, StringComparison.Ordinal);
    }

    private static string Estate() => $$"""
        siem:
          alerts:
            {{Alert}}:
              title: Data staged
              status: new
              at: {{DateTimeOffset.UtcNow.AddMinutes(-5).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}}
              alert: { attack: [T1074.001], severity_score: 85, device: { hostname: ENG-WS-045 } }
        """;

    private static async Task<string> FirstRunAsync(WebBench bench)
    {
        await UntilAsync(bench, async () => (await bench.GetAsync("/api/runs")).GetProperty("items").GetArrayLength() > 0);
        var run = (await bench.GetAsync("/api/runs")).GetProperty("items")[0].GetProperty("run_id").GetString()!;
        Assert.Equal(RunStatus.Succeeded, await bench.UntilAsync(run, RunStatus.Succeeded));
        return run;
    }

    private static async Task<long> FetchedAsync(WebBench bench) => (await bench.GetAsync("/api/feeds")).GetProperty("items")[0].GetProperty("fetched").GetInt64();

    private static async Task<SiemAlert> UntilAsync(WebBench bench, Func<SiemAlert, bool> wanted, string alert = Alert)
    {
        var estate = bench.Node.Connections.ServiceOf<MockEstate>("mock")!;
        await UntilAsync(bench, () => Task.FromResult(estate.Read(company => wanted(company.Siem.Alert(alert)))));
        return estate.Read(company => company.Siem.Alert(alert));
    }

    // By what the server answers: the work is in the background, on the machine's own clock.
    private static async Task<bool> UntilAsync(WebBench bench, Func<Task<bool>> wanted)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(WebBench.Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await timer.WaitForNextTickAsync(limit.Token))
        {
            if (await wanted())
            {
                return true;
            }
        }

        return false;
    }
}
