using System.Globalization;
using System.Text.Json;
using Npgsql;
using Responder.Storage.Tests;

namespace Responder.Tests.Servers;

/// <summary>What nodes do by themselves, on three of them: a time of a schedule starts one run, and a feed is fetched by one.</summary>
public sealed class OneOfThreeTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private const int Times = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private const string EachSecond = """
        id: each-second
        name: Each second
        on: { schedule: { cron: "* * * * * ?", timezone: UTC } }
        steps:
          - stop: { outcome: completed, reason: It was time. }
        """;

    [Fact]
    public async Task A_time_of_a_schedule_starts_one_run_however_many_nodes_see_it_come()
    {
        var database = await postgres.DatabaseAsync();
        await using var first = Node(database);
        await using var second = Node(database);
        await using var third = Node(database);
        ServingProgram[] nodes = [first, second, third];
        await first.StartAsync();
        await Task.WhenAll(second.StartAsync(first.ApiKey), third.StartAsync(first.ApiKey));
        var before = await CountAsync(database, "SELECT count(*) FROM dedupe WHERE playbook = 'each-second'");
        await Settling.UntilAsync(async () => await CountAsync(database, "SELECT count(*) FROM dedupe WHERE playbook = 'each-second'") >= before + Times, Patience);
        foreach (var node in nodes)
        {
            Assert.Equal(0, await node.StopAsync());
        }

        // One run for each time, and no time twice.
        var times = await CountAsync(database, "SELECT count(*) FROM dedupe WHERE playbook = 'each-second'");
        Assert.Equal(times, await CountAsync(database, "SELECT count(*) FROM runs WHERE playbook = 'each-second'"));
        Assert.Equal(times, await CountAsync(database, "SELECT count(DISTINCT key) FROM dedupe WHERE playbook = 'each-second'"));
    }

    [Fact]
    public async Task A_feed_is_fetched_by_one_node_and_by_another_when_that_one_is_killed()
    {
        await using var company = await ServedCompany.OpenAsync("falcon", "mlee@company.com", feeds: true);
        var database = await postgres.DatabaseAsync();
        await using var first = company.Another(Settings(database), "--store", "postgres");
        await using var second = company.Another(Settings(database), "--store", "postgres");
        await using var third = company.Another(Settings(database), "--store", "postgres");
        ServingProgram[] nodes = [first, second, third];
        await first.StartAsync();
        await Task.WhenAll(second.StartAsync(first.ApiKey), third.StartAsync(first.ApiKey));

        await Settling.UntilAsync(async () => (await FetchersAsync(nodes)).Others == 2, Patience);
        var fetcher = Assert.Single((await FetchersAsync(nodes)).Fetching);
        await fetcher.KillAsync();
        ServingProgram[] left = [.. nodes.Where(node => node != fetcher)];
        await Settling.UntilAsync(async () => (await FetchersAsync(left)) is { Others: 1, Fetching: [_] }, Patience);
    }

    // Those that fetch, and how many know that another does.
    private static async Task<(IReadOnlyList<ServingProgram> Fetching, int Others)> FetchersAsync(IEnumerable<ServingProgram> nodes)
    {
        var (fetching, others) = (new List<ServingProgram>(), 0);
        foreach (var node in nodes)
        {
            var feed = Assert.Single((await node.GetAsync("/api/feeds")).GetProperty("items").EnumerateArray().ToList());
            if (feed.GetProperty("fetched_by").ValueKind == JsonValueKind.String)
            {
                others++;
            }
            else if (feed.GetProperty("last_ok_at").ValueKind == JsonValueKind.String)
            {
                fetching.Add(node);
            }
        }

        return (fetching, others);
    }

    private static async Task<long> CountAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static Dictionary<string, string> Settings(string database) => new() { ["Store__Postgres"] = database, ["Cluster__Port"] = ServingProgram.FreePort().ToString(CultureInfo.InvariantCulture) };

    private static ServingProgram Node(string database)
    {
        var node = new ServingProgram(Settings(database), "--store", "postgres");
        node.Playbook("each-second", EachSecond);
        return node;
    }
}
