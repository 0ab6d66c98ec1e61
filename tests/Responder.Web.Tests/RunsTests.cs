using System.Net.Http.Headers;
using System.Text.Json;
using Responder.Engine;
using Responder.Web.Tests.Bench;

namespace Responder.Web.Tests;

/// <summary>Runs over the wire.</summary>
public sealed class RunsTests
{
    [Fact]
    public async Task Gates_are_answered_beforehand_only_by_who_may_answer_them()
    {
        await using var bench = await WebBench.StartAsync([Samples.Isolate]);
        var starter = await bench.ClientOf("runs:write", "runs:read");
        var order = new { playbook = "isolate", inputs = new { hostname = "ENG-WS-045" }, approve = "all" };

        await WebBench.Read(await bench.PostAsync("/api/runs", order, starter), 403);
        var started = await WebBench.Read(await bench.PostAsync("/api/runs", order, await bench.ClientOf("runs:write", "approvals:answer")), 201);

        var runId = started.GetProperty("run_id").GetString()!;
        Assert.Equal(RunStatus.Succeeded, await bench.UntilAsync(runId, RunStatus.Succeeded));
        Assert.Equal("--approve all", (await bench.GetAsync($"/api/runs/{runId}")).GetProperty("approvals")[0].GetProperty("by").GetString());
    }

    [Fact]
    public async Task A_run_is_drawn_as_it_stands()
    {
        await using var bench = await WebBench.StartAsync([Samples.Isolate]);
        var started = await WebBench.Read(await bench.PostAsync("/api/runs", new { playbook = "isolate", inputs = new { hostname = "ENG-WS-045" } }), 201);
        var runId = started.GetProperty("run_id").GetString()!;
        await bench.ApprovalAsync(runId);

        using var drawn = await bench.Api.GetAsync(new Uri($"/api/runs/{runId}/graph", UriKind.Relative), WebBench.Cancel);

        Assert.Equal("image/svg+xml", drawn.Content.Headers.ContentType!.MediaType);
        Assert.Contains("s-waiting_approval", await drawn.Content.ReadAsStringAsync(WebBench.Cancel), StringComparison.Ordinal);
        await bench.GetAsync("/api/runs/nothing/graph", 404);
    }

    [Fact]
    public async Task The_journal_is_read_page_by_page_and_followed_live_to_the_runs_end()
    {
        await using var bench = await WebBench.StartAsync([Samples.Waits]);
        var runId = await StartAsync(bench, "waits");
        await bench.UntilAsync(runId, RunStatus.Waiting);
        using var stream = await FollowAsync(bench, runId);
        var lines = new StreamReader(await stream.Content.ReadAsStreamAsync(WebBench.Cancel));
        var before = await NextAsync(lines);
        Assert.Equal((1, "run_created"), (before!.Value.GetProperty("seq").GetInt32(), before.Value.GetProperty("type").GetString()));

        await WebBench.Read(await bench.PostAsync("/api/events/patched", new { ticket = "SOC-7" }), 202);

        var followed = new List<JsonElement> { before.Value };
        while (await NextAsync(lines) is { } next)
        {
            followed.Add(next);
        }

        Assert.Equal("text/event-stream", stream.Content.Headers.ContentType!.MediaType);
        Assert.Equal("run_ended", followed[^1].GetProperty("type").GetString());
        Assert.Equal(Enumerable.Range(1, followed.Count), followed.Select(one => one.GetProperty("seq").GetInt32()));
        Assert.Contains(followed, one => one.GetProperty("type").GetString() == "event_taken" && one.GetProperty("data").GetProperty("payload").GetProperty("ticket").GetString() == "SOC-7");

        var paged = new List<JsonElement>();
        string? cursor = null;
        do
        {
            var page = await bench.GetAsync($"/api/runs/{runId}/events?limit=3{(cursor is null ? "" : "&cursor=" + cursor)}");
            paged.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);

        Assert.Equal(followed.Select(one => one.GetRawText()), paged.Select(one => one.GetRawText()));
        Assert.Equal("SOC-7", (await bench.GetAsync($"/api/runs/{runId}")).GetProperty("outputs").GetProperty("ticket").GetString());
    }

    [Fact]
    public async Task A_reader_that_comes_back_goes_on_where_it_was()
    {
        await using var bench = await WebBench.StartAsync([Samples.Waits]);
        var runId = await StartAsync(bench, "waits");
        await bench.UntilAsync(runId, RunStatus.Waiting);
        await WebBench.Read(await bench.PostAsync("/api/events/patched", new { }), 202);
        await bench.UntilAsync(runId, RunStatus.Succeeded);

        using var stream = await FollowAsync(bench, runId, lastSeen: 2);

        var text = await stream.Content.ReadAsStringAsync(WebBench.Cancel);
        Assert.StartsWith("id: 3\n", text, StringComparison.Ordinal);
        Assert.Contains("event: run_ended", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_ends_when_the_server_is_stopped()
    {
        await using var bench = await WebBench.StartAsync([Samples.Waits]);
        var runId = await StartAsync(bench, "waits");
        await bench.UntilAsync(runId, RunStatus.Waiting);
        using var stream = await FollowAsync(bench, runId);

        await bench.App.StopAsync(WebBench.Cancel).WaitAsync(TimeSpan.FromSeconds(20), WebBench.Cancel);

        Assert.Contains("run_created", await stream.Content.ReadAsStringAsync(WebBench.Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "text/markdown", "# ")]
    [InlineData("text/markdown", "text/markdown", "# ")]
    [InlineData("text/html", "text/html", "<!doctype html>")]
    [InlineData("application/json", "application/json", "{")]
    [InlineData("text/markdown;q=0.1, application/*;q=0.5", "application/json", "{")]
    [InlineData("*/*", "text/markdown", "# ")]
    public async Task The_report_is_had_in_the_form_that_is_accepted(string? accept, string type, string begins)
    {
        await using var bench = await WebBench.StartAsync([Samples.Waits]);
        var runId = await StartAsync(bench, "waits");
        await bench.UntilAsync(runId, RunStatus.Waiting);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/runs/{runId}/report");
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        using var response = await bench.Api.SendAsync(request, WebBench.Cancel);

        Assert.Equal((200, type), ((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.StartsWith(begins, await response.Content.ReadAsStringAsync(WebBench.Cancel), StringComparison.OrdinalIgnoreCase);
        using var other = new HttpRequestMessage(HttpMethod.Get, $"/api/runs/{runId}/report") { Headers = { Accept = { new MediaTypeWithQualityHeaderValue("image/png") } } };
        await WebBench.Read(await bench.Api.SendAsync(other, WebBench.Cancel), 406);
    }

    [Fact]
    public async Task A_run_is_cancelled_once_and_then_is_over()
    {
        await using var bench = await WebBench.StartAsync([Samples.Waits]);
        var runId = await StartAsync(bench, "waits");
        await bench.UntilAsync(runId, RunStatus.Waiting);

        await WebBench.Read(await bench.PostAsync($"/api/runs/{runId}/cancel", new { reason = "a drill" }), 200);

        Assert.Equal(RunStatus.Cancelled, await bench.UntilAsync(runId, RunStatus.Cancelled));
        await WebBench.Read(await bench.PostAsync($"/api/runs/{runId}/cancel", new { }), 409);
        await WebBench.Read(await bench.PostAsync($"/api/runs/{runId}/resume", new { }), 409);
        await WebBench.Read(await bench.PostAsync("/api/runs/nothing/cancel", new { }), 404);
        await bench.GetAsync("/api/runs/nothing", 404);
        await bench.GetAsync("/api/runs/nothing/events", 404);
        await bench.GetAsync("/api/runs/nothing/report", 404);
        Assert.Contains("a drill", (await bench.GetAsync($"/api/runs/{runId}/events")).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancel_needs_no_body()
    {
        await using var bench = await WebBench.StartAsync([Samples.Waits]);
        var runId = await StartAsync(bench, "waits");

        await WebBench.Read(await bench.Api.PostAsync(new Uri($"/api/runs/{runId}/cancel", UriKind.Relative), null, WebBench.Cancel), 200);

        Assert.Equal(RunStatus.Cancelled, await bench.UntilAsync(runId, RunStatus.Cancelled));
    }

    [Fact]
    public async Task What_can_not_be_started_says_why()
    {
        await using var bench = await WebBench.StartAsync([Samples.Isolate, Samples.Waits]);

        Assert.Contains("isolate, waits", (await WebBench.Read(await bench.PostAsync("/api/runs", new { playbook = "nothing" }), 422)).GetProperty("detail").GetString()!, StringComparison.Ordinal);
        await WebBench.Read(await bench.PostAsync("/api/runs", new { playbook = "isolate", inputs = new { hostname = "a b" } }), 422);
        await WebBench.Read(await bench.PostAsync("/api/runs", new { playbook = "isolate", inputs = new { host = "a" } }), 422);
        await WebBench.Read(await bench.PostAsync("/api/runs", new { playbook = "isolate", alert_id = "nothing" }), 422);
        await WebBench.Read(await bench.PostAsync("/api/runs", new { playbook = "isolate", alert = 7 }), 422);
        await WebBench.Read(await bench.PostAsync("/api/runs", new { playbook = 7 }), 400);
        await WebBench.Read(await bench.PostAsync("/api/runs", new { }), 400);
        Assert.Empty((await bench.GetAsync("/api/runs")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_run_is_started_on_an_alert_that_is_here_or_comes_with_it()
    {
        await using var bench = await WebBench.StartAsync([Samples.Isolate]);
        var alert = (await WebBench.Read(await bench.PostAsync("/api/alerts/generic", Alerts.Staged()), 202)).GetProperty("results")[0].GetProperty("alert_id").GetString();

        var first = await WebBench.Read(await bench.PostAsync("/api/runs", new { playbook = "isolate", alert_id = alert }), 201);
        var second = await WebBench.Read(await bench.PostAsync("/api/runs", new { playbook = "isolate", alert = Alerts.Staged("other") }), 201);

        Assert.Equal(alert, first.GetProperty("alert_id").GetString());
        Assert.NotEqual(alert, second.GetProperty("alert_id").GetString());
        Assert.Equal(2, (await bench.GetAsync($"/api/runs?alert_id={alert}")).GetProperty("items").GetArrayLength());
        Assert.Equal(3, (await bench.GetAsync("/api/runs?playbook=isolate")).GetProperty("items").GetArrayLength());
        await bench.GetAsync("/api/runs?status=nothing", 400);
        await bench.GetAsync("/api/runs?status=in_doubt");
    }

    [Fact]
    public async Task A_second_run_of_a_key_stands_in_the_queue_or_is_refused_and_goes_when_the_first_is_over()
    {
        await using var bench = await WebBench.StartAsync([Samples.Slot("queue"), Samples.Slot("skip")]);
        var first = await StartAsync(bench, "slot-queue");
        await bench.UntilAsync(first, RunStatus.Waiting);

        var second = await WebBench.Read(await bench.PostAsync("/api/runs", new { playbook = "slot-queue" }), 201);
        await WebBench.Read(await bench.PostAsync("/api/runs", new { playbook = "slot-skip" }), 409);

        Assert.Equal(("queued", first), (second.GetProperty("status").GetString(), second.GetProperty("holder").GetString()));
        await WebBench.Read(await bench.PostAsync("/api/events/go", new { }), 202);
        Assert.Equal(RunStatus.Succeeded, await bench.UntilAsync(first, RunStatus.Succeeded));
        Assert.Equal(RunStatus.Succeeded, await bench.UntilAsync(second.GetProperty("run_id").GetString()!, RunStatus.Succeeded));
    }

    [Fact]
    public async Task A_step_in_doubt_is_settled_by_a_lead()
    {
        await using var bench = await WebBench.StartAsync([Samples.Doubtful], faults: "[{ action: http.request, do: timeout_after_doing, times: 1 }]");
        var runId = await StartAsync(bench, "doubtful");
        Assert.True(await bench.UntilAsync(runId, RunStatus.InDoubt) == RunStatus.InDoubt, (await bench.GetAsync($"/api/runs/{runId}/events")).GetRawText());
        var path = $"/api/runs/{runId}/steps/{Uri.EscapeDataString("steps[0]")}/resolve";
        using var analyst = await bench.ClientOf("role:analyst");
        using var lead = await bench.ClientOf("role:lead");

        await WebBench.Read(await bench.PostAsync(path, new { resolution = "failed" }, analyst), 403);
        await WebBench.Read(await bench.PostAsync(path, new { resolution = "perhaps" }, lead), 422);
        await WebBench.Read(await bench.PostAsync(path, new { resolution = "succeeded", outputs = new { status = "two hundred" } }, lead), 422);
        await WebBench.Read(await bench.PostAsync($"/api/runs/{runId}/steps/nothing/resolve", new { resolution = "failed" }, lead), 404);
        await WebBench.Read(await bench.PostAsync(path, new { resolution = "repeat", comment = "The gateway shows no block." }, lead), 200);

        Assert.Equal(RunStatus.Succeeded, await bench.UntilAsync(runId, RunStatus.Succeeded));
        await WebBench.Read(await bench.PostAsync(path, new { resolution = "failed" }, lead), 409);
    }

    [Fact]
    public async Task A_plan_says_what_would_be_done_and_does_nothing()
    {
        await using var bench = await WebBench.StartAsync([Samples.Isolate]);

        var plan = await WebBench.Read(await bench.PostAsync("/api/playbooks/plan", new { playbook = "isolate", alert = Alerts.Staged() }), 200);

        Assert.Equal(["edr.find_host", "edr.isolate_host"], plan.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("action").GetString()));
        await WebBench.Read(await bench.PostAsync("/api/playbooks/plan", new { playbook = "nothing" }), 422);
        Assert.Empty((await bench.GetAsync("/api/runs")).GetProperty("items").EnumerateArray());
        Assert.Empty((await bench.GetAsync("/api/alerts")).GetProperty("items").EnumerateArray());
    }

    private static async Task<string> StartAsync(WebBench bench, string playbook) =>
        (await WebBench.Read(await bench.PostAsync("/api/runs", new { playbook }), 201)).GetProperty("run_id").GetString()!;

    private static async Task<HttpResponseMessage> FollowAsync(WebBench bench, string runId, int? lastSeen = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/runs/{runId}/events") { Headers = { Accept = { new MediaTypeWithQualityHeaderValue("text/event-stream") } } };
        if (lastSeen is { } seen)
        {
            request.Headers.Add("Last-Event-ID", $"{seen}");
        }

        return await bench.Api.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, WebBench.Cancel);
    }

    private static async Task<JsonElement?> NextAsync(StreamReader lines)
    {
        while (await lines.ReadLineAsync(WebBench.Cancel) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return JsonSerializer.Deserialize<JsonElement>(line[6..]);
            }
        }

        return null;
    }
}
