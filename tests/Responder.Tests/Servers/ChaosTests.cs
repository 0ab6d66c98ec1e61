namespace Responder.Tests.Servers;

/// <summary>The real program on SQLite, killed and stopped under load, with the effects counted by whom they happen to.</summary>
public sealed class ChaosTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>A result is on disk after 20 ms and a flush; a busy machine gets fifty times that.</summary>
    private static readonly TimeSpan Committed = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Killed_with_200_runs_in_flight_it_loses_none_and_does_nothing_twice()
    {
        const int Runs = 200;
        await using var api = await CountedApi.StartAsync();
        api.Delay = path => TimeSpan.FromMilliseconds(path.GetHashCode(StringComparison.Ordinal) & 4095);
        await using var server = Server(api, "3s");
        await server.StartAsync();
        await Load.SendAsync(server, Load.Ids("a", Runs), Patience);

        // Calls are on their way, and answers of a while ago are on disk.
        await Settling.UntilAsync(() => api.Open("/mark/") > 0 && api.AnsweredFor("/mark/", Committed).Count > 0, Patience);
        await server.KillAsync();
        var known = api.AnsweredFor("/mark/", Committed);
        Assert.InRange(api.Below("/done/"), 0, Runs - 1);
        await server.StartAsync();
        var statuses = await server.SettledAsync(Runs, Patience);

        Assert.Equal(Runs, statuses.Count);
        await Load.AssertHeldAsync(server, api, statuses, mostInDoubt: Runs - known.Count);
        Assert.All(known, id => Assert.NotEqual((id, 0), (id, api.Of($"/done/{id}"))));
    }

    [Fact]
    public async Task A_product_that_hangs_holds_up_nobody_else_and_what_it_did_is_asked()
    {
        const int Runs = 60;
        await using var api = await CountedApi.StartAsync();
        api.Delay = path => path.StartsWith("/mark/hang", StringComparison.Ordinal) ? Timeout.InfiniteTimeSpan : TimeSpan.Zero;
        await using var server = Server(api, "1s", ("Connections__api__Timeout", "3"));
        await server.StartAsync();
        await Load.SendAsync(server, [.. Load.Ids("hang", Runs), .. Load.Ids("a", Runs)], Patience);

        // Those that can are done while the others still hang.
        await Settling.UntilAsync(() => api.Called("/done/a").Count == Runs, Patience);
        var statuses = await server.SettledAsync(2 * Runs, Patience);

        Assert.Equal(Runs, statuses.Count(status => status == "in_doubt"));
        await Load.AssertHeldAsync(server, api, statuses, mostInDoubt: Runs);
    }

    [Fact]
    public async Task Stopped_for_a_while_after_the_intent_it_goes_on_with_one_effect()
    {
        await using var api = await CountedApi.StartAsync();
        api.Delay = path => path.StartsWith("/mark/", StringComparison.Ordinal) ? TimeSpan.FromSeconds(1) : TimeSpan.Zero;
        await using var server = Server(api, "1s");
        await server.StartAsync();
        await server.RunOfAsync(CountedApi.Alert("stopped"));
        await Settling.UntilAsync(() => api.Of("/mark/stopped") == 1, Patience);
        server.Signal("STOP");
        await Settling.UntilAsync(() => api.Answered("/mark/stopped") == 1, Patience);
        Assert.Equal(0, api.Of("/done/stopped"));
        server.Signal("CONT");
        var statuses = await server.SettledAsync(1, Patience);

        Assert.Equal(["succeeded"], statuses);
        Assert.Equal((1, 1), (api.Of("/mark/stopped"), api.Of("/done/stopped")));
    }

    private static ServingProgram Server(CountedApi api, string wait, params (string Name, string Value)[] more)
    {
        var settings = api.Settings;
        foreach (var (name, value) in more)
        {
            settings[name] = value;
        }

        var server = new ServingProgram(settings);
        server.Playbook("marked", CountedApi.Playbook(wait));
        return server;
    }
}
