using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Responder.Engine;
using Responder.Hosting.Audit;
using Responder.Hosting.Containment;
using Responder.Sdk.Estate;
using Responder.Web.Tests.Bench;

namespace Responder.Web.Tests;

/// <summary>What is in force, how it is taken back, and what happens at the end of a lease.</summary>
public sealed class ContainmentTests
{
    private static string Isolates(string more = "") => $$$"""
        id: isolates
        name: Isolate
        on: { manual: true }
        steps:
          - { id: host, uses: edr.find_host, with: { hostname: ENG-WS-045 } }
          - { id: isolate, uses: edr.isolate_host, with: { host: "${{ steps.host.id }}" }{{{more}}} }
        """;

    [Fact]
    public async Task It_is_listed_and_undone_once_and_the_list_is_empty_then()
    {
        await using var bench = await WebBench.StartAsync([Isolates()]);
        var run = await RunAsync(bench);

        var held = Assert.Single(await ListAsync(bench));
        Assert.Equal(("ENG-WS-045", "edr.isolate_host", "done", run, "isolates", false, JsonValueKind.Null), (
            held.GetProperty("name").GetString(), held.GetProperty("action").GetString(), held.GetProperty("status").GetString(), held.GetProperty("run_id").GetString(),
            held.GetProperty("playbook").GetString(), held.GetProperty("before").GetBoolean(), held.GetProperty("until").ValueKind));

        var plan = await bench.GetAsync($"/api/runs/{run}/undo");
        Assert.Equal("edr.release_host", Assert.Single(plan.GetProperty("takes_back").EnumerateArray().ToList()).GetProperty("by").GetString());

        await UndoAsync(bench, run);

        Assert.Empty(await ListAsync(bench));
        Assert.Equal(1, Count(bench, "edr.release_host"));
        await WebBench.Read(await bench.PostAsync($"/api/runs/{run}/undo", new { reason = "again" }), 409);
        Assert.Equal(1, Count(bench, "edr.release_host"));
    }

    [Fact]
    public async Task On_a_protected_host_policy_asks_besides_and_the_lead_who_approved_the_undo_may_answer_both()
    {
        await using var bench = await WebBench.StartAsync([Isolates().Replace("ENG-WS-045", "DC-01", StringComparison.Ordinal)]);
        using var lead = await bench.ClientOf("role:lead");
        var run = (await WebBench.Read(await bench.PostAsync("/api/runs", new { playbook = "isolates" }), 201)).GetProperty("run_id").GetString()!;
        await AnswerAsync(bench, await bench.ApprovalAsync(run), "approve", lead);
        Assert.Equal(RunStatus.Succeeded, await bench.UntilAsync(run, RunStatus.Succeeded));
        var undo = (await WebBench.Read(await bench.PostAsync($"/api/runs/{run}/undo", new { reason = "a drill" }), 202)).GetProperty("run_id").GetString()!;

        var plan = await bench.ApprovalAsync(undo);
        await WebBench.Read(await bench.PostAsync($"/api/approvals/{plan.GetProperty("id").GetString()}", new { choice = "approve", hash = plan.GetProperty("gate").GetProperty("hash").GetString() }), 403);
        await AnswerAsync(bench, plan, "approve", lead);
        var asked = await FirstAsync(bench, "undo", apartFromApproval: plan.GetProperty("id").GetString());
        Assert.Equal(("edr.release_host", true), (asked.GetProperty("gate").GetProperty("action").GetString(), asked.GetProperty("gate").GetProperty("asked_by_policy").GetBoolean()));
        Assert.Contains("is protected", asked.GetProperty("gate").GetProperty("policy").GetRawText(), StringComparison.Ordinal);
        Assert.Equal(0, Count(bench, "edr.release_host"));
        await AnswerAsync(bench, asked, "approve", lead);

        Assert.Equal(RunStatus.Succeeded, await bench.UntilAsync(undo, RunStatus.Succeeded));
        Assert.Equal(1, Count(bench, "edr.release_host"));
        Assert.Empty(await ListAsync(bench));
    }

    [Fact]
    public async Task While_one_takes_it_back_another_is_told_so()
    {
        await using var bench = await WebBench.StartAsync([Isolates()]);
        var run = await RunAsync(bench);
        var begun = (await WebBench.Read(await bench.PostAsync($"/api/runs/{run}/undo", new { reason = "a drill" }), 202)).GetProperty("run_id").GetString()!;

        var told = await WebBench.Read(await bench.PostAsync($"/api/runs/{run}/undo", new { reason = "a drill" }), 409);

        Assert.Contains(begun, told.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_contained_before_the_run_stays_contained_and_the_undo_says_so_first()
    {
        await using var bench = await WebBench.StartAsync([Isolates()]);
        bench.Node.Connections.Service<MockEstate>()!.Happen(JsonDocument.Parse("""{"is":"isolation_changed","host":"ENG-WS-045","to":"isolated"}""").RootElement);
        var run = await RunAsync(bench);

        var told = await WebBench.Read(await bench.PostAsync($"/api/runs/{run}/undo", new { reason = "false positive" }), 409);

        Assert.Contains("it was so before the run, by somebody else", told.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.True(Assert.Single(await ListAsync(bench)).GetProperty("before").GetBoolean());
        Assert.Equal(0, Count(bench, "edr.release_host"));
    }

    [Fact]
    public async Task Of_two_runs_that_hold_one_host_the_last_to_be_undone_releases_it()
    {
        await using var bench = await WebBench.StartAsync([Isolates()]);
        var (first, second) = (await RunAsync(bench), await RunAsync(bench));
        Assert.Equal([first, second], (await ListAsync(bench)).Select(one => one.GetProperty("run_id").GetString()));

        var undo = await UndoAsync(bench, first);

        Assert.Equal(0, Count(bench, "edr.release_host"));
        var step = (await bench.GetAsync($"/api/runs/{undo}")).GetProperty("steps").EnumerateArray().Single(one => one.GetProperty("id").GetString() == "u1");
        Assert.Contains($"run {second} holds it too", step.GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.Equal([second], (await ListAsync(bench)).Select(one => one.GetProperty("run_id").GetString()));

        await UndoAsync(bench, second);

        Assert.Equal(1, Count(bench, "edr.release_host"));
        Assert.Empty(await ListAsync(bench));
    }

    [Fact]
    public async Task A_playbooks_own_release_ends_what_was_in_force()
    {
        await using var bench = await WebBench.StartAsync([Isolates(), """
            id: releases
            name: Release
            on: { manual: true }
            steps:
              - { id: host, uses: edr.find_host, with: { hostname: ENG-WS-045 } }
              - { id: release, uses: edr.release_host, with: { host: "${{ steps.host.id }}" } }
            """]);
        await RunAsync(bench);

        await RunAsync(bench, "releases");

        Assert.Empty(await ListAsync(bench));
    }

    [Fact]
    public async Task A_lease_asks_before_its_end_is_extended_and_at_its_end_gives_back()
    {
        await using var bench = await WebBench.StartAsync([Isolates(", lease: 20s")]);
        var run = await RunAsync(bench);
        var until = Assert.Single(await ListAsync(bench)).GetProperty("until").GetDateTimeOffset();
        await bench.RestartAsync();
        Assert.Equal(until, Assert.Single(await ListAsync(bench)).GetProperty("until").GetDateTimeOffset());

        var asked = await FirstAsync(bench, "lease");
        Assert.Equal(["extend", "release"], asked.GetProperty("gate").GetProperty("choices").EnumerateArray().Select(one => one.GetString()));
        Assert.Contains(run, asked.GetProperty("gate").GetProperty("evidence")[0].GetProperty("value").GetString(), StringComparison.Ordinal);
        var lease = asked.GetProperty("run_id").GetString()!;
        await AnswerAsync(bench, asked, "extend");
        Assert.Equal(RunStatus.Succeeded, await bench.UntilAsync(lease, RunStatus.Succeeded));
        Assert.True(Assert.Single(await ListAsync(bench)).GetProperty("until").GetDateTimeOffset() > until);

        // The next end comes, and nobody says anything.
        var next = await FirstAsync(bench, "lease", lease);
        Assert.Equal(RunStatus.Succeeded, await bench.UntilAsync(next.GetProperty("run_id").GetString()!, RunStatus.Succeeded));
        Assert.Equal("released", (await bench.GetAsync($"/api/runs/{next.GetProperty("run_id").GetString()}")).GetProperty("outcome").GetString());
        Assert.Equal(1, Count(bench, "edr.release_host"));
        Assert.Empty(await ListAsync(bench));
    }

    [Fact]
    public async Task On_a_protected_host_the_end_of_a_lease_releases_nothing_before_a_lead_says_so_over_a_restart_too()
    {
        await using var bench = await WebBench.StartAsync([Isolates(", lease: 20s").Replace("ENG-WS-045", "DC-01", StringComparison.Ordinal)]);
        using var lead = await bench.ClientOf("role:lead");
        var run = (await WebBench.Read(await bench.PostAsync("/api/runs", new { playbook = "isolates" }), 201)).GetProperty("run_id").GetString()!;
        await AnswerAsync(bench, await bench.ApprovalAsync(run), "approve", lead);
        Assert.Equal(RunStatus.Succeeded, await bench.UntilAsync(run, RunStatus.Succeeded));

        // Nobody says anything at the lease's own question, and the end comes: then policy asks.
        var question = await FirstAsync(bench, "lease");
        var asked = await FirstAsync(bench, "lease", apartFromApproval: question.GetProperty("id").GetString());
        Assert.Equal(("edr.release_host", true), (asked.GetProperty("gate").GetProperty("action").GetString(), asked.GetProperty("gate").GetProperty("asked_by_policy").GetBoolean()));
        await bench.RestartAsync();
        Assert.Equal(asked.GetProperty("id").GetString(), (await FirstAsync(bench, "lease")).GetProperty("id").GetString());
        Assert.Equal(0, Count(bench, "edr.release_host"));
        Assert.Equal("DC-01", Assert.Single(await ListAsync(bench)).GetProperty("name").GetString());

        using var leadAfterwards = await bench.ClientOf("role:lead");
        await AnswerAsync(bench, asked, "approve", leadAfterwards);

        var lease = asked.GetProperty("run_id").GetString()!;
        Assert.Equal(RunStatus.Succeeded, await bench.UntilAsync(lease, RunStatus.Succeeded));
        Assert.Equal(1, Count(bench, "edr.release_host"));
        Assert.Empty(await ListAsync(bench));
    }

    [Theory]
    [InlineData("false_positive")]
    [InlineData("benign")]
    public async Task A_run_that_found_nothing_bad_and_still_holds_a_host_offers_its_undo_once(string outcome)
    {
        await using var bench = await WebBench.StartAsync([Isolates() + $"\n  - stop: {{ outcome: {outcome}, reason: It was the nightly backup. }}"]);
        using var lead = await bench.ClientOf("role:lead");
        var run = await RunAsync(bench);

        var offer = await FirstAsync(bench, "undo");

        Assert.Equal(0, Count(bench, "edr.release_host"));
        Assert.Contains("It was the nightly backup.", offer.GetProperty("gate").GetProperty("evidence").GetRawText(), StringComparison.Ordinal);
        await WebBench.Read(await bench.PostAsync($"/api/runs/{run}/undo", new { reason = "at once" }), 409);
        await AnswerAsync(bench, offer, "approve", lead);
        var undo = offer.GetProperty("run_id").GetString()!;
        Assert.Equal(RunStatus.Succeeded, await bench.UntilAsync(undo, RunStatus.Succeeded));
        Assert.Equal(1, Count(bench, "edr.release_host"));
        Assert.Empty(await ListAsync(bench));
        Assert.Equal($"run:{run}", (await bench.Node.Store.Queries.FindAsync(undo, WebBench.Cancel))!.StartedBy);
    }

    [Fact]
    public async Task Where_heads_are_kept_apart_and_nothing_answers_there_what_a_node_does_by_itself_goes_on()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var bench = await WebBench.StartAsync(
            [Isolates() + "\n  - stop: { outcome: false_positive, reason: It was the nightly backup. }"],
            options => options with { Audit = AuditSettings.None with { Anchor = $"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/heads" } });
        using var anchor = await silent.AcceptSocketAsync(WebBench.Cancel);
        await RunAsync(bench);

        Assert.Equal("undo", (await bench.GetAsync($"/api/runs/{(await FirstAsync(bench, "undo")).GetProperty("run_id").GetString()}")).GetProperty("playbook").GetString());

        // It has been asked all the while, and whoever asked has not gone.
        var request = new byte[64 * 1024];
        while (anchor.Available > 0)
        {
            Assert.NotEqual(0, await anchor.ReceiveAsync(request, WebBench.Cancel));
        }

        Assert.False(anchor.Poll(0, SelectMode.SelectRead));
    }

    [Fact]
    public async Task What_is_offered_and_rejected_is_not_offered_again_and_what_was_found_bad_is_not_offered()
    {
        await using var bench = await WebBench.StartAsync([Isolates() + "\n  - stop: { outcome: false_positive, reason: It was the nightly backup. }", Isolates().Replace("id: isolates", "id: finds", StringComparison.Ordinal) + "\n  - stop: { outcome: contained, reason: It was not. }"]);
        using var lead = await bench.ClientOf("role:lead");
        var run = await RunAsync(bench);
        var offer = await FirstAsync(bench, "undo");
        await AnswerAsync(bench, offer, "reject", lead);
        Assert.Equal(RunStatus.Rejected, await bench.UntilAsync(offer.GetProperty("run_id").GetString()!, RunStatus.Rejected));
        var bad = await RunAsync(bench, "finds");

        var offers = new UndoOffers(bench.Node, null, NullLogger.Instance);
        await offers.OnceAsync(WebBench.Cancel);
        await offers.OnceAsync(WebBench.Cancel);

        Assert.Equal([run, bad], (await ListAsync(bench)).Select(one => one.GetProperty("run_id").GetString()));
        Assert.Single((await bench.GetAsync("/api/runs?limit=100")).GetProperty("items").EnumerateArray().Where(one => one.GetProperty("playbook").ValueEquals("undo")).ToList());
        Assert.Equal(0, Count(bench, "edr.release_host"));
    }

    private static int Count(WebBench bench, string action) => bench.Node.Connections.Service<MockEstate>()!.Effects().TryGetValue(action, out var effect) ? effect.Count : 0;

    private static async Task<IReadOnlyList<JsonElement>> ListAsync(WebBench bench) => [.. (await bench.GetAsync("/api/containment")).GetProperty("items").EnumerateArray()];

    private static async Task<string> RunAsync(WebBench bench, string playbook = "isolates")
    {
        var run = (await WebBench.Read(await bench.PostAsync("/api/runs", new { playbook }), 201)).GetProperty("run_id").GetString()!;
        Assert.Equal(RunStatus.Succeeded, await bench.UntilAsync(run, RunStatus.Succeeded));
        return run;
    }

    private static async Task<string> UndoAsync(WebBench bench, string run)
    {
        var undo = (await WebBench.Read(await bench.PostAsync($"/api/runs/{run}/undo", new { reason = "a drill" }), 202)).GetProperty("run_id").GetString()!;
        using var lead = await bench.ClientOf("role:lead");
        await AnswerAsync(bench, await bench.ApprovalAsync(undo), "approve", lead);
        Assert.Equal(RunStatus.Succeeded, await bench.UntilAsync(undo, RunStatus.Succeeded));
        return undo;
    }

    private static async Task AnswerAsync(WebBench bench, JsonElement asked, string choice, HttpClient? client = null) => await WebBench.Read(
        await bench.PostAsync($"/api/approvals/{asked.GetProperty("id").GetString()}", new { choice, hash = asked.GetProperty("gate").GetProperty("hash").GetString() }, client), 200);

    /// <summary>The first open gate of a playbook's runs, apart from one run's.</summary>
    private static async Task<JsonElement> FirstAsync(WebBench bench, string playbook, string? apartFrom = null, string? apartFromApproval = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(WebBench.Cancel);
        limit.CancelAfter(TimeSpan.FromMinutes(2));

        // Followed first and read then: nothing falls between.
        using var feed = bench.Node.Store.Feed.Follow(null);
        await using var notices = feed.ReadAllAsync(limit.Token).GetAsyncEnumerator(limit.Token);
        while (true)
        {
            foreach (var open in (await bench.GetAsync("/api/approvals?status=pending")).GetProperty("items").EnumerateArray())
            {
                var run = open.GetProperty("run_id").GetString()!;
                if (run != apartFrom && open.GetProperty("id").GetString() != apartFromApproval && (await bench.GetAsync($"/api/runs/{run}")).GetProperty("playbook").GetString() == playbook)
                {
                    return open;
                }
            }

            await notices.MoveNextAsync();
        }
    }
}
