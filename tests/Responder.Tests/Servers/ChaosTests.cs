using System.Net;

namespace Responder.Tests.Servers;

/// <summary>The real program on SQLite, killed and stopped under load, with the effects counted by whom they happen to.</summary>
public sealed class ChaosTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Killed_with_200_runs_in_flight_it_loses_none_and_does_nothing_twice()
    {
        const int Runs = 200;
        await using var api = await CountedApi.StartAsync();
        api.Delay = path => TimeSpan.FromMilliseconds(path.GetHashCode(StringComparison.Ordinal) & 255);
        await using var server = Server(api, "1s");
        await server.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async sender =>
        {
            for (var number = sender; number < Runs; number += 8)
            {
                Assert.Equal(HttpStatusCode.Accepted, await server.PostAsync("/api/alerts/generic", CountedApi.Alert($"a{number}")));
            }
        }));
        await server.KillAsync();
        await server.StartAsync();
        var statuses = await server.SettledAsync(Runs, Patience);

        Assert.Equal(Runs, statuses.Count);
        Assert.DoesNotContain("failed", statuses);
        Assert.Equal(statuses.Count(status => status == "succeeded"), api.Below("/done/"));
        Assert.All(Enumerable.Range(0, Runs), number => Assert.InRange(api.Of($"/mark/a{number}"), 0, 1));
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

    private static ServingProgram Server(CountedApi api, string wait)
    {
        var server = new ServingProgram(api.Settings);
        server.Playbook("marked", CountedApi.Playbook(wait));
        return server;
    }
}
