using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Responder.Engine;
using Responder.Hosting.Retention;
using Responder.Sdk.Estate;
using Responder.Storage;
using Responder.Web.Tests.Bench;

namespace Responder.Web.Tests;

/// <summary>The journals of runs that ended long ago are archived by the clock, and nobody who reads or undoes such a run sees a difference.</summary>
public sealed class ArchiveTests
{
    private const string Closes = """
        id: closes
        name: Open a ticket and close it
        on: { manual: true }
        steps:
          - { id: ticket, uses: tickets.create, with: { project: SOC, type: Task, summary: A drill } }
          - { uses: tickets.close, with: { key: "${{ steps.ticket.key }}", resolution: Done, comment: It was a drill. } }
          - stop: { outcome: completed, reason: done }
        """;

    private const string Isolates = """
        id: isolates
        name: Isolate
        on: { manual: true }
        steps:
          - { id: host, uses: edr.find_host, with: { hostname: ENG-WS-045 } }
          - { uses: edr.isolate_host, with: { host: "${{ steps.host.id }}" } }
        """;

    [Fact]
    public async Task A_run_that_ended_a_month_ago_is_archived_read_as_before_and_undone()
    {
        await using var bench = await WebBench.StartAsync([Closes, Isolates]);
        var (run, holds) = (await RunAsync(bench, "closes"), await RunAsync(bench, "isolates"));
        await bench.RestartAsync(after: TimeSpan.FromDays(31));
        var before = await SeenAsync(bench, run);
        Assert.Equal(0, (await bench.Node.Store.Upkeep.SizeAsync(WebBench.Cancel)).Archive.Runs);

        // A quarter of an hour after the start it is looked for.
        bench.Time.Ahead += TimeSpan.FromMinutes(16);
        await UntilArchivedAsync(bench);

        Assert.Equal(before, await SeenAsync(bench, run));
        Assert.Equal(1, (await bench.Node.Store.Upkeep.SizeAsync(WebBench.Cancel)).Archive.Runs);
        Assert.Contains((await bench.GetAsync("/api/containment")).GetProperty("items").EnumerateArray(), one => one.GetProperty("run_id").GetString() == holds);

        var undo = (await WebBench.Read(await bench.PostAsync($"/api/runs/{run}/undo", new { reason = "a drill" }), 202)).GetProperty("run_id").GetString()!;
        using var lead = await bench.ClientOf("role:lead");
        var asked = await bench.ApprovalAsync(undo);
        await WebBench.Read(await bench.PostAsync($"/api/approvals/{asked.GetProperty("id").GetString()}", new { choice = "approve", hash = asked.GetProperty("gate").GetProperty("hash").GetString() }, lead), 200);
        Assert.Equal(RunStatus.Succeeded, await bench.UntilAsync(undo, RunStatus.Succeeded));
        Assert.Equal(1, bench.Node.Connections.Service<MockEstate>()!.Effects()["tickets.transition"].Count);
        await WebBench.Read(await bench.PostAsync($"/api/runs/{run}/cancel", new { reason = "too late" }), 409);
    }

    [Fact]
    public async Task It_begins_a_quarter_of_an_hour_after_the_start_and_of_all_nodes_one_does_a_round()
    {
        var time = new FakeTimeProvider();
        var archive = new Archive();
        var keepers = Enumerable.Range(0, 3).Select(_ => new ArchiveKeeper(archive, new RetentionSettings(TimeSpan.FromDays(7)), time, NullLogger.Instance)).ToList();
        Assert.All(keepers, keeper => Assert.False(keeper.IsDue));
        time.Advance(TimeSpan.FromMinutes(15));
        Assert.All(keepers, keeper => Assert.True(keeper.IsDue));

        for (var round = 1; round <= 3; round++)
        {
            foreach (var keeper in keepers)
            {
                await keeper.OnceAsync(WebBench.Cancel);
            }

            Assert.Equal(round, archive.Asked.Count);
            Assert.Equal(time.GetUtcNow().AddDays(-7), archive.Asked[^1]);
            time.Advance(ArchiveKeeper.Every);
        }

        var never = new ArchiveKeeper(archive, new RetentionSettings(ArchiveAfter: null), time, NullLogger.Instance);
        time.Advance(TimeSpan.FromDays(1));
        await never.OnceAsync(WebBench.Cancel);
        Assert.False(never.IsDue);
        Assert.Equal(3, archive.Asked.Count);
    }

    private static async Task<string> RunAsync(WebBench bench, string playbook)
    {
        var run = (await WebBench.Read(await bench.PostAsync("/api/runs", new { playbook }), 201)).GetProperty("run_id").GetString()!;
        Assert.Equal(RunStatus.Succeeded, await bench.UntilAsync(run, RunStatus.Succeeded));
        return run;
    }

    // All that shows a run, the journal page by page.
    private static async Task<string> SeenAsync(WebBench bench, string run)
    {
        List<string> seen =
        [
            (await bench.GetAsync($"/api/runs/{run}")).GetRawText(),
            (await bench.GetAsync("/api/runs")).GetRawText(),
            (await bench.GetAsync($"/api/runs/{run}/undo")).GetRawText(),
            (await bench.GetAsync($"/api/audit?run={run}&limit=100")).GetRawText(),
        ];
        var pages = 0;
        for (string? cursor = ""; cursor is not null; pages++)
        {
            var page = await bench.GetAsync($"/api/runs/{run}/events?limit=3&cursor={cursor}");
            seen.Add(page.GetProperty("items").GetRawText());
            cursor = page.TryGetProperty("next", out var next) && next.ValueKind == JsonValueKind.String ? next.GetString() : null;
        }

        Assert.True(pages > 2);
        // A report says when it was made.
        return Regex.Replace(string.Join('\n', seen), @"Report made:\*\* [-0-9: ]+UTC", string.Empty);
    }

    // The work is in the background; the store says when it is done.
    private static async Task UntilArchivedAsync(WebBench bench)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(WebBench.Cancel);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while ((await bench.Node.Store.Upkeep.SizeAsync(limit.Token)).Archive.Runs == 0)
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    private sealed class Archive : IRunArchive
    {
        private DateTimeOffset _heldUntil = DateTimeOffset.MinValue;

        public List<DateTimeOffset> Asked { get; } = [];

        public Task<ArchivedRuns> MoveAsync(DateTimeOffset endedBefore, string? after, bool write, CancellationToken cancel)
        {
            Asked.Add(endedBefore);
            return Task.FromResult(new ArchivedRuns(1, 1, 1, 1, null));
        }

        public Task<bool> ClaimAsync(DateTimeOffset now, TimeSpan hold, CancellationToken cancel)
        {
            var isOurs = _heldUntil <= now;
            _heldUntil = isOurs ? now + hold : _heldUntil;
            return Task.FromResult(isOurs);
        }
    }
}
