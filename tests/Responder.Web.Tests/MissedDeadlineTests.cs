using Responder.Engine;
using Responder.Web.Tests.Bench;

namespace Responder.Web.Tests;

/// <summary>Deadlines that passed while nothing ran.</summary>
public sealed class MissedDeadlineTests
{
    [Fact]
    public async Task One_that_would_act_waits_for_people_again_though_it_is_eight_days_old()
    {
        await using var bench = await WebBench.StartAsync([Samples.Isolate.Replace("timeout: 10m,", "timeout: 10m, on_timeout: approve,", StringComparison.Ordinal)]);
        var runId = await StartAsync(bench);
        await bench.ApprovalAsync(runId);

        await bench.RestartAsync(TimeSpan.FromDays(8));
        var deadline = await MovedAsync(bench, runId);

        Assert.InRange(deadline - bench.Time.GetUtcNow(), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(15));
        var run = await bench.GetAsync($"/api/runs/{runId}");
        Assert.Equal(("waiting", "{}"), (run.GetProperty("status").GetString(), run.GetProperty("mock_effects").GetRawText()));
    }

    [Fact]
    public async Task One_that_rejects_does_so_at_the_start()
    {
        await using var bench = await WebBench.StartAsync([Samples.Isolate]);
        var runId = await StartAsync(bench);
        await bench.ApprovalAsync(runId);

        await bench.RestartAsync(TimeSpan.FromDays(8));

        Assert.Equal(RunStatus.Rejected, await bench.UntilAsync(runId, RunStatus.Rejected));
        Assert.Equal("{}", (await bench.GetAsync($"/api/runs/{runId}")).GetProperty("mock_effects").GetRawText());
    }

    [Fact]
    public async Task At_a_protected_host_that_is_named_by_its_id_alone_it_rejects_whatever_the_playbook_says()
    {
        await using var bench = await WebBench.StartAsync(["""
            id: isolate
            name: Isolate
            on: { manual: true }
            inputs:
              hostname: { type: string }
            steps:
              - uses: edr.isolate_host
                with: { host: "${{ inputs.hostname }}", note: test }
                approval: { roles: [analyst], timeout: 10m, on_timeout: approve }
            """]);
        var runId = await StartAsync(bench, "0a5d3c1be7704f6f9d2c8b1e4f6a0001");
        var gate = (await bench.ApprovalAsync(runId)).GetProperty("gate");
        Assert.Equal(("reject", true, "lead"), (gate.GetProperty("on_timeout").GetString(), gate.GetProperty("asked_by_policy").GetBoolean(), gate.GetProperty("roles").EnumerateArray().Single().GetString()));

        await bench.RestartAsync(TimeSpan.FromHours(1));

        Assert.Equal(RunStatus.Rejected, await bench.UntilAsync(runId, RunStatus.Rejected));
        Assert.Equal("{}", (await bench.GetAsync($"/api/runs/{runId}")).GetProperty("mock_effects").GetRawText());
    }

    [Fact]
    public async Task One_that_passed_in_a_jump_of_the_clock_while_an_intent_was_committed_does_not_act()
    {
        StallingStore? store = null;
        await using var bench = await WebBench.StartAsync(["""
            id: jump
            name: Jump
            on: { manual: true }
            inputs:
              hostname: { type: hostname }
            steps:
              - parallel:
                  people:
                    - approval: { title: Go on?, roles: [analyst], timeout: 30m, on_timeout: approve }
                  work:
                    - id: host
                      uses: edr.find_host
                      with: { hostname: "${{ inputs.hostname }}" }
                    - uses: edr.isolate_host
                      with: { host: "${{ steps.host.id }}", note: test }
            """], store: inner => store = new StallingStore(inner));
        store!.Appending = batch => bench.Time.Ahead = batch.Guard is null ? bench.Time.Ahead : TimeSpan.FromHours(1);
        var started = await WebBench.Read(await bench.PostAsync("/api/runs", new { playbook = "jump", inputs = new { hostname = "ENG-WS-045" } }), 201);
        var runId = started.GetProperty("run_id").GetString()!;

        Assert.Equal(RunStatus.Waiting, await bench.UntilAsync(runId, RunStatus.Waiting));
        Assert.True(await MovedAsync(bench, runId) > bench.Time.GetUtcNow());
        Assert.Equal(TimeSpan.FromHours(1), bench.Time.Ahead);
    }

    private static async Task<string> StartAsync(WebBench bench, string hostname = "ENG-WS-045")
    {
        var started = await WebBench.Read(await bench.PostAsync("/api/runs", new { playbook = "isolate", inputs = new { hostname } }), 201);
        return started.GetProperty("run_id").GetString()!;
    }

    /// <summary>The gate's deadline, once it is in the future again.</summary>
    private static async Task<DateTimeOffset> MovedAsync(WebBench bench, string runId)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(WebBench.Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        using var feed = bench.Node.Store.Feed.Follow(runId);
        if (await DeadlineAsync() is { } already)
        {
            return already;
        }

        await foreach (var _ in feed.ReadAllAsync(limit.Token))
        {
            if (await DeadlineAsync() is { } moved)
            {
                return moved;
            }
        }

        throw new InvalidOperationException("The feed ended.");

        async Task<DateTimeOffset?> DeadlineAsync()
        {
            var approvals = await bench.GetAsync($"/api/approvals?status=pending&run_id={runId}");
            return approvals.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("deadline").GetDateTimeOffset()).Where(at => at > bench.Time.GetUtcNow()).Cast<DateTimeOffset?>().FirstOrDefault();
        }
    }
}
