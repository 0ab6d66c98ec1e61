using System.Globalization;
using System.Net;
using Npgsql;
using Responder.Storage.Tests;

namespace Responder.Tests.Servers;

/// <summary>Two versions of the program on one database, as while a cluster is brought to a newer one node by node: the newer writes events that the older does not know.</summary>
public sealed class TwoVersionsTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task An_older_node_beside_newer_ones_leaves_them_their_runs_and_nothing_is_lost_or_done_twice()
    {
        const int Each = 15;
        using var newer = new NewerProgram();
        await using var api = await CountedApi.StartAsync();
        var database = await postgres.DatabaseAsync();
        await using var older = Node(api, database, null);
        await using var first = Node(api, database, newer.Assembly);
        await using var second = Node(api, database, newer.Assembly);
        await older.StartAsync();
        await first.StartAsync(older.ApiKey);
        await Load.SendAsync(older, Load.Ids("old", Each), Patience);
        await Load.SendAsync(first, Load.Ids("new", Each), Patience);
        await Settling.UntilAsync(() => api.Below("/mark/new") > Each / 2, Patience);

        // The only one that could go on with its runs is gone. The older one finds them, and leaves them.
        await first.KillAsync();
        var open = await Load.OpenIntentsAsync(older);
        await Settling.UntilAsync(async () => await CountAsync(database, NewersRuns + " AND r.ended_at IS NULL AND (r.owner IS NOT NULL OR r.epoch = 1)") == 0, Patience);
        Assert.InRange(await CountAsync(database, NewersRuns + " AND r.ended_at IS NULL"), 1, Each);
        var written = await CountAsync(database, NewersEvents);
        await Settling.UntilAsync(() => api.Below("/done/old") == Each, Patience);
        Assert.Equal(written, await CountAsync(database, NewersEvents));

        // Whoever asks it about one is told why, and the run is not touched by that.
        var one = await RunAsync(database);
        Assert.Equal(HttpStatusCode.Conflict, await older.PostAsync($"/api/runs/{one}/cancel", new { reason = "at the older node" }));

        await second.StartAsync(older.ApiKey);
        var statuses = await second.SettledAsync(2 * Each, Patience);
        Assert.Equal(2 * Each, statuses.Count);
        await Load.AssertHeldAsync(second, api, statuses, mostInDoubt: open);
        Assert.Equal(Each, await CountAsync(database, NewersRuns));
        Assert.True(await older.IsReadyAsync());
    }

    private const string NewersRuns = "FROM runs r WHERE EXISTS (SELECT 1 FROM run_events e WHERE e.run_id = r.run_id AND e.seq = 1 AND e.version = 2)";

    private const string NewersEvents = "FROM run_events a JOIN run_events e ON e.run_id = a.run_id AND e.seq = 1 AND e.version = 2";

    private static async Task<long> CountAsync(string database, string from) => (long)(await ScalarAsync(database, $"SELECT count(*) {from}"))!;

    private static async Task<string> RunAsync(string database) => (string)(await ScalarAsync(database, $"SELECT run_id {NewersRuns} AND r.ended_at IS NULL LIMIT 1"))!;

    private static async Task<object?> ScalarAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    private static ServingProgram Node(CountedApi api, string database, string? program)
    {
        var settings = new Dictionary<string, string>(api.Settings) { ["Store__Postgres"] = database, ["Cluster__Port"] = ServingProgram.FreePort().ToString(CultureInfo.InvariantCulture) };
        var node = program is null ? new ServingProgram(settings, "--store", "postgres") : new ServingProgram(settings, "--store", "postgres") { Program = program };
        node.Playbook("marked", CountedApi.Playbook("4s"));
        return node;
    }
}
