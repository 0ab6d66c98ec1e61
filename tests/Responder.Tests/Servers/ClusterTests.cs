using System.Diagnostics;
using System.Globalization;
using System.Net;
using Responder.Storage.Tests;

namespace Responder.Tests.Servers;

/// <summary>The real program on several nodes over a real PostgreSQL.</summary>
public sealed class ClusterTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>How long a node stands still at least, in <c>RESPONDER_CHAOS_STALL</c> seconds; unless said, until its runs are over elsewhere.</summary>
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("RESPONDER_CHAOS_STALL") ?? "0", CultureInfo.InvariantCulture));

    [Fact]
    public async Task One_of_three_nodes_is_killed_and_its_runs_go_on_elsewhere_and_nothing_is_done_twice()
    {
        const int Runs = 60;
        await using var api = await CountedApi.StartAsync();
        var database = await postgres.DatabaseAsync();
        await using var first = Node(api, database, "4s");
        await using var second = Node(api, database, "4s");
        await using var third = Node(api, database, "4s");
        await first.StartAsync();
        await Task.WhenAll(second.StartAsync(first.ApiKey), third.StartAsync(first.ApiKey));
        ServingProgram[] nodes = [first, second, third];
        for (var number = 0; number < Runs; number++)
        {
            Assert.Equal(HttpStatusCode.Accepted, await nodes[number % 3].PostAsync("/api/alerts/generic", CountedApi.Alert($"a{number}")));
        }

        await Settling.UntilAsync(() => api.Below("/mark/") > Runs / 2, Patience);
        await second.KillAsync();
        var open = await Load.OpenIntentsAsync(third);
        Assert.InRange(api.Below("/mark/") - api.Below("/done/"), 1, Runs);
        var statuses = await third.SettledAsync(Runs, Patience);

        Assert.Equal(Runs, statuses.Count);
        await Load.AssertHeldAsync(third, api, statuses, mostInDoubt: open);
    }

    [Fact]
    public async Task A_node_that_is_stopped_after_its_intents_and_wakes_when_its_runs_are_over_elsewhere_does_nothing_more()
    {
        const int Runs = 30;
        await using var api = await CountedApi.StartAsync();
        api.Delay = path => path.StartsWith("/mark/", StringComparison.Ordinal) ? TimeSpan.FromSeconds(2) : TimeSpan.Zero;
        var database = await postgres.DatabaseAsync();
        await using var first = Node(api, database, "1s");
        await using var second = Node(api, database, "1s");
        await using var third = Node(api, database, "1s");
        await first.StartAsync();
        await Task.WhenAll(second.StartAsync(first.ApiKey), third.StartAsync(first.ApiKey));
        await Load.SendAsync(second, Load.Ids("a", Runs), Patience);
        await Settling.UntilAsync(() => api.Open("/mark/") >= Runs / 2, Patience);

        second.Signal("STOP");
        var stopped = Stopwatch.StartNew();
        var open = await Load.OpenIntentsAsync(third);
        var statuses = await third.SettledAsync(Runs, Patience);
        await Settling.UntilAsync(() => stopped.Elapsed > Stall, Stall + Patience);
        Assert.Contains("in_doubt", statuses);
        second.Signal("CONT");

        // It finds that the others have done without it, ends, and has written and called nothing.
        Assert.NotEqual(0, await second.EndedAsync());
        var after = await third.SettledAsync(Runs, Patience);
        Assert.Equal(statuses.Order(StringComparer.Ordinal), after.Order(StringComparer.Ordinal));
        await Load.AssertHeldAsync(third, api, after, mostInDoubt: open);
    }

    [Fact]
    public async Task A_run_is_told_from_any_node_and_a_node_that_leaves_hands_its_runs_on()
    {
        await using var api = await CountedApi.StartAsync();
        var database = await postgres.DatabaseAsync();
        await using var first = Node(api, database, "6s");
        await using var second = Node(api, database, "6s");
        await first.StartAsync();
        await second.StartAsync(first.ApiKey);
        var cancelled = await first.RunOfAsync(CountedApi.Alert("cancelled"));
        var handedOn = await first.RunOfAsync(CountedApi.Alert("handed-on"));
        await Settling.UntilAsync(() => api.Below("/mark/") == 2, Patience);

        Assert.Equal(HttpStatusCode.OK, await second.PostAsync($"/api/runs/{cancelled}/cancel", new { reason = "from the other node" }));
        Assert.Equal(0, await first.StopAsync());
        var statuses = await second.SettledAsync(2, Patience);

        Assert.Equal(["cancelled", "succeeded"], statuses.Order(StringComparer.Ordinal));
        Assert.Equal("succeeded", (await second.GetAsync($"/api/runs/{handedOn}")).GetProperty("status").GetString());
        Assert.Equal((1, 1, 0), (api.Of("/mark/handed-on"), api.Of("/done/handed-on"), api.Of("/done/cancelled")));
    }

    private static ServingProgram Node(CountedApi api, string database, string wait)
    {
        var node = new ServingProgram(
            new Dictionary<string, string>(api.Settings) { ["Store__Postgres"] = database, ["Cluster__Port"] = ServingProgram.FreePort().ToString(CultureInfo.InvariantCulture) }, "--store", "postgres");
        node.Playbook("marked", CountedApi.Playbook(wait));
        return node;
    }
}
