using System.Globalization;
using System.Net;
using Responder.Storage.Tests;

namespace Responder.Tests.Servers;

/// <summary>The real program over a PostgreSQL that goes away and comes back, or has no connection to spare.</summary>
public sealed class DatabaseTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private const int Runs = 60;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Restarted_under_load_it_holds_runs_up_and_nothing_is_lost_or_done_twice()
    {
        await using var api = await CountedApi.StartAsync();
        var database = await postgres.DatabaseAsync();
        await using var first = Node(api, database);
        await using var second = Node(api, database);
        await first.StartAsync();
        await second.StartAsync(first.ApiKey);
        ServingProgram[] nodes = [first, second];
        var sending = Load.SendAsync(number => nodes[number % 2], Load.Ids("a", Runs), Patience);
        await Settling.UntilAsync(() => api.Below("/mark/") > 5, Patience);

        await postgres.StopAsync();
        await Settling.UntilAsync(async () => await first.StatusAsync("/readyz") == HttpStatusCode.ServiceUnavailable && await second.StatusAsync("/readyz") == HttpStatusCode.ServiceUnavailable, Patience);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await first.PostAsync("/api/alerts/generic", CountedApi.Alert("refused")));
        Assert.InRange(api.Below("/done/"), 0, Runs - 1);
        await postgres.StartAsync();
        await sending;
        var statuses = await second.SettledAsync(Runs, Patience);

        // Nobody died, so nobody need be asked.
        await Load.AssertHeldAsync(second, api, statuses, mostInDoubt: 0);
        Assert.True(await first.IsReadyAsync() && await second.IsReadyAsync());
    }

    [Fact]
    public async Task With_one_connection_for_all_who_read_they_wait_or_come_back_and_runs_go_on()
    {
        const int Readers = 48;
        await using var api = await CountedApi.StartAsync();

        // The writer and the news keep one each.
        await using var node = Node(api, await postgres.DatabaseAsync() + ";Maximum Pool Size=3;Timeout=2");
        await node.StartAsync();
        using var enough = new CancellationTokenSource();
        var reading = Task.WhenAll(Enumerable.Range(0, Readers).Select(async _ =>
        {
            var seen = new HashSet<HttpStatusCode>();
            while (!enough.IsCancellationRequested)
            {
                seen.Add(await node.StatusAsync("/api/runs?limit=500"));
            }

            return seen;
        }));
        await Load.SendAsync(node, Load.Ids("a", Runs), Patience);
        await Settling.UntilAsync(() => api.Below("/done/") == Runs, Patience);
        await enough.CancelAsync();
        var answers = (await reading).SelectMany(one => one).ToHashSet();
        var statuses = await node.SettledAsync(Runs, Patience);

        Assert.Contains(HttpStatusCode.OK, answers);
        Assert.All(answers, status => Assert.True(status is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable, status.ToString()));
        await Load.AssertHeldAsync(node, api, statuses, mostInDoubt: 0);
    }

    private static ServingProgram Node(CountedApi api, string database)
    {
        var node = new ServingProgram(
            new Dictionary<string, string>(api.Settings) { ["Store__Postgres"] = database, ["Cluster__Port"] = ServingProgram.FreePort().ToString(CultureInfo.InvariantCulture) }, "--store", "postgres");
        node.Playbook("marked", CountedApi.Playbook("3s"));
        return node;
    }
}
