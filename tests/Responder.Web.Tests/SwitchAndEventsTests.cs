using System.Net.Http.Json;
using Responder.Engine;
using Responder.Web.Tests.Bench;

namespace Responder.Web.Tests;

/// <summary>The kill switch and named events over the wire.</summary>
public sealed class SwitchAndEventsTests
{
    [Fact]
    public async Task While_the_switch_is_on_nothing_acts_and_a_held_run_goes_on_when_a_person_says_so()
    {
        await using var bench = await WebBench.StartAsync([Samples.IsolateAtOnce]);
        var on = await WebBench.Read(await PutAsync(bench, new { on = true, reason = "a drill" }), 200);
        Assert.True(on.GetProperty("on").GetBoolean());
        Assert.Equal("a drill", on.GetProperty("thrown")[0].GetProperty("reason").GetString());

        var runId = (await WebBench.Read(await bench.PostAsync("/api/runs", new { playbook = "isolate-at-once", inputs = new { hostname = "ENG-WS-045" } }), 201)).GetProperty("run_id").GetString()!;

        await bench.UntilAsync(runId, RunStatus.Waiting, RunStatus.InDoubt);
        Assert.Contains("run_held", (await bench.GetAsync($"/api/runs/{runId}/events")).GetRawText(), StringComparison.Ordinal);
        Assert.Equal("{}", (await bench.GetAsync($"/api/runs/{runId}")).GetProperty("mock_effects").GetRawText());

        await WebBench.Read(await PutAsync(bench, new { on = false }), 200);
        Assert.False((await bench.GetAsync("/api/kill-switch")).GetProperty("on").GetBoolean());
        await WebBench.Read(await bench.PostAsync($"/api/runs/{runId}/resume", new { }), 200);

        Assert.Equal(RunStatus.Succeeded, await bench.UntilAsync(runId, RunStatus.Succeeded));
        Assert.Equal(1, (await bench.GetAsync($"/api/runs/{runId}")).GetProperty("mock_effects").GetProperty("edr.isolate_host").GetInt32());
    }

    [Theory]
    [InlineData("all", "", true)]
    [InlineData("connector", "mock", true)]
    [InlineData("connector", "falcon", false)]
    [InlineData("playbook", "isolate-at-once", true)]
    [InlineData("playbook", "isolate", false)]
    public async Task Each_reach_holds_what_it_names_and_nothing_else(string scope, string name, bool holds)
    {
        await using var bench = await WebBench.StartAsync([Samples.IsolateAtOnce]);
        await WebBench.Read(await PutAsync(bench, new { on = true, scope, name, reason = "a drill" }), 200);

        var runId = (await WebBench.Read(await bench.PostAsync("/api/runs", new { playbook = "isolate-at-once", inputs = new { hostname = "ENG-WS-045" } }), 201)).GetProperty("run_id").GetString()!;

        Assert.Equal(holds ? RunStatus.Waiting : RunStatus.Succeeded, await bench.UntilAsync(runId, RunStatus.Waiting));
        Assert.Empty((await bench.GetAsync("/api/kill-switch")).GetProperty("in_flight").EnumerateArray());
    }

    [Fact]
    public async Task A_switch_is_for_all_or_for_one_thing_with_its_name()
    {
        await using var bench = await WebBench.StartAsync([]);

        await WebBench.Read(await PutAsync(bench, new { on = true, scope = "playbook" }), 422);
        await WebBench.Read(await PutAsync(bench, new { on = true, scope = "everything", name = "x" }), 422);
        await WebBench.Read(await PutAsync(bench, new { reason = "which?" }), 400);
        var one = await WebBench.Read(await PutAsync(bench, new { on = true, scope = "playbook", name = "isolate" }), 200);

        Assert.False(one.GetProperty("on").GetBoolean());
        Assert.Equal("isolate", one.GetProperty("thrown")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task An_event_that_came_before_the_run_waits_for_it_counts_and_one_with_its_key_counts_once()
    {
        await using var bench = await WebBench.StartAsync([Samples.Waits]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/events/other") { Content = JsonContent.Create(new { n = 1 }) };
        request.Headers.Add("Idempotency-Key", "k-1");
        var first = await WebBench.Read(await bench.Api.SendAsync(request, WebBench.Cancel), 202);
        Assert.Equal("other/k-1", first.GetProperty("event_id").GetString());
        var runId = (await WebBench.Read(await bench.PostAsync("/api/runs", new { playbook = "waits" }), 201)).GetProperty("run_id").GetString()!;

        await WebBench.Read(await bench.PostAsync("/api/events/patched", new { ticket = "SOC-1" }), 202);

        Assert.Equal(RunStatus.Succeeded, await bench.UntilAsync(runId, RunStatus.Succeeded));
        Assert.Single(await bench.Node.Store.Inbox.ReadAsync("other", DateTimeOffset.UnixEpoch, WebBench.Cancel));
    }

    [Fact]
    public async Task Nobody_answers_a_steps_question_by_way_of_events()
    {
        await using var bench = await WebBench.StartAsync([]);

        await WebBench.Read(await bench.PostAsync($"/api/events/{new string('a', 64)}", new { answer = "yes" }), 422);
        await WebBench.Read(await bench.PostAsync("/api/events/a%20b", new { }), 422);
    }

    private static Task<HttpResponseMessage> PutAsync(WebBench bench, object body) => bench.Api.PutAsJsonAsync("/api/kill-switch", body, WebBench.Cancel);
}
