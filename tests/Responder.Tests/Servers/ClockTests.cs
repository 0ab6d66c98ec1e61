using System.Text.Json;

namespace Responder.Tests.Servers;

/// <summary>The real program under a wall clock that is set by an hour while it works (Debian's libfaketime; the monotonic clock goes on as it does then).</summary>
public sealed class ClockTests
{
    private const int Runs = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Something is always due, and beside it a gate is open whose deadline would act.</summary>
    private const string Busy = """
        id: busy
        name: Busy
        on:
          alert:
            when: alert.source_id.startsWith('gate')
        steps:
          - parallel:
              work:
                - foreach: [1, 2, 3, 4, 5, 6]
                  as: round
                  steps:
                    - wait: 1s
                - uses: http.request
                  connection: api
                  effect: record
                  recovery: repeat
                  with: { method: POST, path: "/mark/${{ alert.source_id }}-worked", body: {} }
              people:
                - approval: { title: Isolate it?, roles: [analyst], timeout: 30m, on_timeout: approve }
          - uses: http.request
            connection: api
            effect: contain
            recovery: ask
            with: { method: POST, path: "/mark/${{ alert.source_id }}-approved", body: {} }
        """;

    [Fact]
    public async Task An_hour_forward_all_goes_on_and_no_deadline_acts_that_passed_in_the_jump()
    {
        await using var api = await CountedApi.StartAsync();
        await using var server = Server(api, out var clock);
        server.Playbook("busy", Busy);
        await server.StartAsync();
        await Load.SendAsync(server, [.. Load.Ids("gate", 5), .. Load.Ids("a", Runs)], Patience);
        await Settling.UntilAsync(async () => api.Below("/mark/") >= Runs / 2 && (await GatesAsync(server)).Count == 5, Patience);

        await clock.SetAsync(TimeSpan.FromHours(1));
        await Load.SendAsync(server, Load.Ids("b", Runs), Patience);
        await Settling.UntilAsync(() => api.Called("/mark/gate").Count(id => id.EndsWith("-worked", StringComparison.Ordinal)) == 5, Patience);
        var statuses = await server.SettledAsync((5 * 2) + (2 * Runs), Patience, "waiting");

        // The hour is over that their gates were given, and nobody has answered: people are asked still.
        Assert.Equal(5, statuses.Count(status => status == "waiting"));
        var gates = await GatesAsync(server);
        Assert.All(gates, gate => Assert.True(gate.GetProperty("deadline").GetDateTimeOffset() > DateTimeOffset.UtcNow.AddHours(1)));
        Assert.Equal(5, gates.Count);
        Assert.DoesNotContain(api.Called("/mark/gate"), id => id.EndsWith("-approved", StringComparison.Ordinal));
        await Load.AssertHeldAsync(server, api, [.. statuses.Where(status => status != "waiting")], mostInDoubt: 0);
    }

    [Fact]
    public async Task An_hour_back_what_is_new_goes_on_and_what_was_due_waits_until_the_clock_is_right()
    {
        await using var api = await CountedApi.StartAsync();
        await using var server = Server(api, out var clock);
        await server.StartAsync();
        await Load.SendAsync(server, Load.Ids("a", Runs), Patience);
        await Settling.UntilAsync(() => api.Below("/mark/") >= Runs / 2, Patience);

        await clock.SetAsync(TimeSpan.FromHours(-1));
        await Load.SendAsync(server, Load.Ids("b", Runs), Patience);
        await Settling.UntilAsync(() => api.Called("/done/b").Count == Runs, Patience);
        await clock.SetAsync(TimeSpan.Zero);
        var statuses = await server.SettledAsync(2 * Runs, Patience);

        await Load.AssertHeldAsync(server, api, statuses, mostInDoubt: 0);
    }

    private static ServingProgram Server(CountedApi api, out SettableClock clock)
    {
        var server = new ServingProgram(api.Settings);
        clock = new SettableClock(server);
        server.Playbook("marked", CountedApi.Playbook("2s"));
        return server;
    }

    private static async Task<List<JsonElement>> GatesAsync(ServingProgram server) => [.. (await server.GetAsync("/api/approvals?status=pending")).GetProperty("items").EnumerateArray()];
}
