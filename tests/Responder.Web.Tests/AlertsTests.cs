using System.Net;
using System.Text;
using System.Text.Json;
using Responder.Engine;
using Responder.Web.Tests.Bench;

namespace Responder.Web.Tests;

/// <summary>Alerts over the wire.</summary>
public sealed class AlertsTests
{
    [Fact]
    public async Task An_alert_is_on_disk_with_its_run_when_202_is_answered()
    {
        await using var bench = await WebBench.StartAsync([Samples.Isolate]);

        var result = Assert.Single((await WebBench.Read(await bench.PostAsync("/api/alerts/generic", Alerts.Staged()), 202)).GetProperty("results").EnumerateArray().ToList());

        Assert.Equal("accepted", result.GetProperty("status").GetString());
        var run = Assert.Single(result.GetProperty("runs").EnumerateArray().ToList());
        Assert.Equal(("isolate", "started"), (run.GetProperty("playbook").GetString(), run.GetProperty("status").GetString()));
        var stored = await bench.GetAsync($"/api/alerts/{result.GetProperty("alert_id").GetString()}");
        Assert.Equal("Data staged", stored.GetProperty("raw").GetProperty("title").GetString());
        Assert.Equal("ENG-WS-045", stored.GetProperty("alert").GetProperty("device").GetProperty("hostname").GetString());
        Assert.Equal(run.GetProperty("run_id").GetString(), Assert.Single(stored.GetProperty("runs").EnumerateArray().ToList()).GetProperty("run_id").GetString());
        Assert.Equal("isolate", stored.GetProperty("explanation").GetProperty("true")[0].GetString());
        Assert.Equal("isolate", (await bench.GetAsync($"/api/runs/{run.GetProperty("run_id").GetString()}")).GetProperty("playbook").GetString());
    }

    [Fact]
    public async Task A_delivery_that_is_repeated_is_a_duplicate_with_the_first_ids()
    {
        await using var bench = await WebBench.StartAsync([Samples.Isolate]);
        var first = (await WebBench.Read(await bench.PostAsync("/api/alerts/generic", Alerts.Staged()), 202)).GetProperty("results")[0];

        var second = (await WebBench.Read(await bench.PostAsync("/api/alerts/generic", Alerts.Staged()), 202)).GetProperty("results")[0];

        Assert.Equal("duplicate", second.GetProperty("status").GetString());
        Assert.Equal(first.GetProperty("alert_id").GetString(), second.GetProperty("alert_id").GetString());
        Assert.Equal(first.GetProperty("runs")[0].GetProperty("run_id").GetString(), second.GetProperty("runs")[0].GetProperty("run_id").GetString());
        Assert.Single((await bench.GetAsync("/api/runs")).GetProperty("items").EnumerateArray().ToList());
    }

    [Fact]
    public async Task Alerts_of_one_body_are_answered_in_its_order_each_for_itself()
    {
        await using var bench = await WebBench.StartAsync([Samples.Isolate]);

        var results = (await WebBench.Read(await bench.PostAsync("/api/alerts/generic", new[]
        {
            Alerts.Staged("a-1"), 7, Alerts.Staged("a-2"), Alerts.Staged("a-3", attack: "T1566"), Alerts.Staged("a-1"),
        }), 202)).GetProperty("results").EnumerateArray().ToList();

        Assert.Equal(["accepted", "invalid", "grouped", "unmatched", "duplicate"], results.Select(one => one.GetProperty("status").GetString()));
        Assert.Equal("attached", results[2].GetProperty("runs")[0].GetProperty("status").GetString());
        Assert.Equal(results[0].GetProperty("runs")[0].GetProperty("run_id").GetString(), results[2].GetProperty("runs")[0].GetProperty("run_id").GetString());
        Assert.NotEmpty(results[1].GetProperty("errors")[0].GetProperty("reason").GetString()!);
        Assert.Equal(3, (await bench.GetAsync("/api/alerts")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_playbook_that_can_not_start_is_named_with_the_reason()
    {
        await using var bench = await WebBench.StartAsync([Samples.Isolate]);

        var result = (await WebBench.Read(await bench.PostAsync("/api/alerts/generic", Alerts.Staged(host: "no host; name")), 202)).GetProperty("results")[0];

        Assert.Equal("unmatched", result.GetProperty("status").GetString());
        var error = Assert.Single(result.GetProperty("errors").EnumerateArray().ToList());
        Assert.Equal("isolate", error.GetProperty("playbook").GetString());
        Assert.Contains("hostname", error.GetProperty("reason").GetString()!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"title\": 7}")]
    [InlineData("[1, 2]")]
    [InlineData("no json")]
    [InlineData("")]
    public async Task What_holds_no_alert_is_422_and_says_why(string body)
    {
        await using var bench = await WebBench.StartAsync([]);

        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        var problem = await WebBench.Read(await bench.Api.PostAsync(new Uri("/api/alerts/generic", UriKind.Relative), content, WebBench.Cancel), 422);

        Assert.Equal(422, problem.GetProperty("status").GetInt32());
        Assert.True(body.Length == 0 || problem.GetProperty("errors")[0].GetProperty("reason").GetString()!.Length > 10);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_delivery_over_the_limit_is_413(bool chunked)
    {
        await using var bench = await WebBench.StartAsync([], options => options with { AlertBytes = 100_000 });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/alerts/generic") { Content = new StringContent(new string('x', 200_000)) };
        request.Headers.TransferEncodingChunked = chunked;

        var problem = await WebBench.Read(await bench.Api.SendAsync(request, WebBench.Cancel), 413);

        Assert.Equal(413, problem.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task A_full_intake_says_429_and_when_to_come_back()
    {
        await using var bench = await WebBench.StartAsync([], options => options with { IntakeBytes = 100_000 });
        using var content = new StringContent(new string('x', 1_000_000));

        using var response = await bench.Api.PostAsync(new Uri("/api/alerts/generic", UriKind.Relative), content, WebBench.Cancel);

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        await WebBench.Read(await bench.PostAsync("/api/alerts/generic", Alerts.Staged()), 202);
    }

    [Fact]
    public async Task An_unknown_source_is_404_and_names_the_known_ones()
    {
        await using var bench = await WebBench.StartAsync([]);

        var problem = await WebBench.Read(await bench.PostAsync("/api/alerts/nothing", Alerts.Staged()), 404);

        Assert.Contains("sysmon", problem.GetProperty("detail").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_are_read_page_by_page()
    {
        await using var bench = await WebBench.StartAsync([]);
        await WebBench.Read(await bench.PostAsync("/api/alerts/generic", Enumerable.Range(0, 5).Select(index => Alerts.Staged($"a-{index}"))), 202);
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await bench.GetAsync($"/api/alerts?limit=2{(cursor is null ? "" : "&cursor=" + cursor)}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("id").GetString()!));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);

        Assert.Equal(5, seen.Distinct().Count());
        Assert.Equal(5, seen.Count);
        await bench.GetAsync("/api/alerts?limit=0", 400);
        await bench.GetAsync("/api/alerts?limit=x", 400);
        await bench.GetAsync("/api/alerts?cursor=x", 400);
    }

    [Fact]
    public async Task Events_are_counted_through_a_restart_and_make_an_alert_that_starts_a_run()
    {
        await using var bench = await WebBench.StartAsync([Samples.Isolate]);
        static string Event(int number) => $$$"""
            {"Event": {
              "System": {"Provider": {"#attributes": {"Name": "Microsoft-Windows-Sysmon"}}, "EventID": 11, "EventRecordID": {{{1000 + number}}},
                "TimeCreated": {"#attributes": {"SystemTime": "2024-02-28T19:{{{number / 60:00}}}:{{{number % 60:00}}}.000Z"}}, "Channel": "Microsoft-Windows-Sysmon/Operational", "Computer": "ENG-WS-045"},
              "EventData": {"ProcessId": "4789", "Image": "C:\\Windows\\System32\\cmd.exe", "TargetFilename": "C:\\temp\\staging\\file{{{number}}}.docx", "User": "COMPANY\\alexchen"}
            } }
            """.ReplaceLineEndings(" ");

        var first = (await WebBench.Read(await SendAsync(bench, Enumerable.Range(0, 150).Select(Event)), 202)).GetProperty("results").EnumerateArray().ToList();
        await bench.RestartAsync();
        await WebBench.Read(await SendAsync(bench, Enumerable.Range(0, 150).Select(Event)), 202);
        var second = (await WebBench.Read(await SendAsync(bench, Enumerable.Range(150, 100).Select(Event)), 202)).GetProperty("results").EnumerateArray().ToList();

        Assert.All(first, one => Assert.Equal(("grouped", JsonValueKind.Null), (one.GetProperty("status").GetString(), one.GetProperty("alert_id").ValueKind)));
        var told = Assert.Single(second, one => one.GetProperty("alert_id").ValueKind == JsonValueKind.String);
        Assert.Equal("accepted", told.GetProperty("status").GetString());
        Assert.Equal("isolate", told.GetProperty("runs")[0].GetProperty("playbook").GetString());
        var kept = Assert.Single(await bench.Node.Store.Windows.LoadAsync(WebBench.Cancel));
        Assert.Equal(250, kept.Events.Count);
    }

    [Fact]
    public async Task The_sample_case_runs_to_its_first_gate_and_through()
    {
        await using var bench = await WebBench.StartAsync();
        using var content = new StringContent(await File.ReadAllTextAsync(Repository.Path("playbooks", "t1074-data-staged", "alerts", "sysmon-data-staged.json"), WebBench.Cancel));
        var result = (await WebBench.Read(await bench.Api.PostAsync(new Uri("/api/alerts/sysmon", UriKind.Relative), content, WebBench.Cancel), 202)).GetProperty("results")[0];
        var runId = result.GetProperty("runs")[0].GetProperty("run_id").GetString()!;

        Assert.Equal("t1074-data-staged", result.GetProperty("runs")[0].GetProperty("playbook").GetString());
        Assert.Contains(await bench.UntilAsync(runId, RunStatus.Waiting), new[] { RunStatus.Waiting });
    }

    private static async Task<HttpResponseMessage> SendAsync(WebBench bench, IEnumerable<string> lines)
    {
        using var content = new StringContent(string.Join('\n', lines), Encoding.UTF8, "application/x-ndjson");
        return await bench.Api.PostAsync(new Uri("/api/alerts/sysmon", UriKind.Relative), content, WebBench.Cancel);
    }
}
