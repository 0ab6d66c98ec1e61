using System.Text.Json;
using Responder.Connectors.Tests.Bench;
using Responder.Sdk;
using Responder.Sdk.Edr;

namespace Responder.Connectors.Tests.Contracts;

/// <summary>Isolation: once, waiting for a host that is away, withdrawn.</summary>
public abstract class EdrIsolationContract : ContractSuite
{
    private static async Task<string> HostAsync(World world, string name = "ENG-WS-045") => (await world.Connection.ReadAsync(new FindHost(name))).Id;

    [Fact]
    public async Task A_host_is_isolated_once_and_released()
    {
        await using var world = await OpenAsync();
        var host = await HostAsync(world);
        Assert.True((await world.Connection.BeforeAsync(new IsolateHost(host)))!.Free);
        var done = await world.Connection.DoAsync(new IsolateHost(host, "SOC-142"));
        Assert.Equal((OutcomeKind.Done, "isolated", "ENG-WS-045"), (done.Kind, done.Value.Isolation, done.Value.Hostname?.ToUpperInvariant()));
        Assert.False((await world.Connection.BeforeAsync(new IsolateHost(host)))!.Free);
        Assert.Equal(OutcomeKind.AlreadySo, (await world.Connection.DoAsync(new IsolateHost(host))).Kind);
        Assert.Equal(1, world.Count("edr.isolate_host"));
        Assert.Equal("isolated", (await world.Connection.ReadAsync(new FindHost("ENG-WS-045"))).Isolation);

        Assert.Equal("normal", (await world.Connection.DoAsync(new ReleaseHost(host))).Value.Isolation);
        Assert.Equal(OutcomeKind.AlreadySo, (await world.Connection.DoAsync(new ReleaseHost(host))).Kind);
        Assert.Equal(1, world.Count("edr.release_host"));
    }

    [Fact]
    public async Task What_is_contained_already_is_left_as_it_is()
    {
        await using var world = await OpenAsync();
        var host = await HostAsync(world, "QA-WS-009");
        Assert.Equal(OutcomeKind.AlreadySo, (await world.Connection.DoAsync(new IsolateHost(host))).Kind);
        Assert.Equal(0, world.Count("edr.isolate_host"));
    }

    [Fact]
    public async Task An_order_for_an_offline_host_waits_for_it()
    {
        await using var world = await OpenAsync();
        var host = await HostAsync(world, "SALES-LT-031");
        var done = await world.Connection.DoAsync(new IsolateHost(host));
        Assert.Equal((OutcomeKind.Pending, "pending"), (done.Kind, done.Value.Isolation));
        Assert.Equal(OutcomeKind.Pending, (await world.Connection.DoAsync(new IsolateHost(host))).Kind);
        Assert.Equal(1, world.Count("edr.isolate_host"));
        world.Estate.Happen(JsonDocument.Parse("""{"is":"host_connected","host":"SALES-LT-031","online":true}""").RootElement);
        Assert.Equal("isolated", (await world.Connection.ReadAsync(new FindHost("SALES-LT-031"))).Isolation);
    }

    [Fact]
    public async Task An_order_that_waits_is_withdrawn_by_a_release()
    {
        await using var world = await OpenAsync();
        var host = await HostAsync(world, "SALES-LT-031");
        await world.Connection.DoAsync(new IsolateHost(host));
        Assert.Equal("normal", (await world.Connection.DoAsync(new ReleaseHost(host))).Value.Isolation);
        world.Estate.Happen(JsonDocument.Parse("""{"is":"host_connected","host":"SALES-LT-031","online":true}""").RootElement);
        Assert.Equal("normal", (await world.Connection.ReadAsync(new FindHost("SALES-LT-031"))).Isolation);
    }
}
