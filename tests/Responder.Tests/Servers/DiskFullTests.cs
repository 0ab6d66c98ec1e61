using System.Net;
using System.Text.Json;

namespace Responder.Tests.Servers;

/// <summary>The real program on SQLite whose disk is full for a while.</summary>
public sealed class DiskFullTests
{
    private const int Runs = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>People are asked first.</summary>
    private const string Asked = """
        id: asked
        name: Asked
        on:
          alert:
            when: alert.source_id == 'asked'
        steps:
          - approval: { title: Go on?, roles: [analyst], timeout: 1h }
          - uses: http.request
            connection: api
            effect: record
            recovery: repeat
            with: { method: POST, path: "/done/decided", body: {} }
        """;

    [Fact]
    public async Task Nothing_is_taken_or_decided_and_when_there_is_room_all_goes_on()
    {
        await using var api = await CountedApi.StartAsync();
        await using var server = SmallDisk.Serve(api.Settings);
        server.Playbook("marked", CountedApi.Playbook("2s"));
        server.Playbook("asked", Asked);
        await server.StartAsync();
        await Load.SendAsync(server, ["asked", .. Load.Ids("a", Runs)], Patience);
        await Settling.UntilAsync(async () => api.Below("/mark/") > Runs / 2 && await GateAsync(server) is not null, Patience);

        SmallDisk.Fill(server);
        var taken = await TakenUntilFullAsync(server);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await server.StatusAsync("/readyz"));
        var marked = api.Below("/mark/");
        Assert.All(await Task.WhenAll(Load.Ids("c", Runs).Select(id => server.PostAsync("/api/alerts/generic", CountedApi.Alert(id)))), status => Assert.Equal(HttpStatusCode.ServiceUnavailable, status));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await ApproveAsync(server));
        Assert.NotNull(await GateAsync(server));
        Assert.Equal((marked, 0), (api.Below("/mark/"), api.Of("/done/decided")));

        SmallDisk.Free(server);
        await Settling.UntilAsync(server.IsReadyAsync, Patience);
        Assert.Equal(HttpStatusCode.OK, await ApproveAsync(server));
        await Load.SendAsync(server, Load.Ids("c", Runs), Patience);
        var statuses = await server.SettledAsync(2 + Runs + taken + Runs, Patience);

        Assert.Equal(1, api.Of("/done/decided"));
        await Load.AssertHeldAsync(server, api, statuses, mostInDoubt: 0);
    }

    /// <summary>Sends alerts until one is refused: the log that is there still has room for some. How many were taken.</summary>
    private static async Task<int> TakenUntilFullAsync(ServingProgram server)
    {
        for (var number = 0; number < 2000; number++)
        {
            var status = await server.PostAsync("/api/alerts/generic", CountedApi.Alert($"b{number}"));
            if (status != HttpStatusCode.Accepted)
            {
                Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
                return number;
            }
        }

        throw new InvalidOperationException("The disk did not become full.");
    }

    private static async Task<JsonElement?> GateAsync(ServingProgram server) =>
        (await server.GetAsync("/api/approvals?status=pending")).GetProperty("items").EnumerateArray().Select(gate => (JsonElement?)gate).FirstOrDefault();

    private static async Task<HttpStatusCode> ApproveAsync(ServingProgram server)
    {
        var gate = (await GateAsync(server))!.Value;
        return await server.PostAsync($"/api/approvals/{gate.GetProperty("id").GetString()}", new { choice = "approve", hash = gate.GetProperty("gate").GetProperty("hash").GetString() });
    }
}
