using Responder.Sdk;
using Responder.Sdk.Edr;

namespace Responder.Connectors.Tests.Contracts;

/// <summary>Hosts, found by name. Ids are 32 hex digits (Falcon) or 40 (Defender).</summary>
public abstract class EdrHostsContract : ContractSuite
{
    [Fact]
    public async Task A_host_is_found_by_its_whole_name_whatever_its_case()
    {
        await using var world = await OpenAsync();
        var host = await world.Connection.ReadAsync(new FindHost("eng-ws-045"));
        Assert.Equal("ENG-WS-045", host.Hostname, ignoreCase: true);
        Assert.Matches("^[0-9a-f]{32}([0-9a-f]{8})?$", host.Id);
        Assert.Equal("Workstation", host.Role);
        Assert.True(host.Online);
        Assert.Equal("normal", host.Isolation);
        await world.Connection.FailsAsync(new FindHost("ENG-WS"), FailureKind.NotFound);
    }

    [Fact]
    public async Task A_name_that_two_hosts_have_is_a_conflict()
    {
        await using var world = await OpenAsync();
        var failure = await world.Connection.FailsAsync(new FindHost("LAB-PC-07"), FailureKind.Conflict);
        Assert.Contains("LAB-PC-07", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hosts_are_listed_by_the_beginning_of_a_name()
    {
        await using var world = await OpenAsync();
        var found = await world.Connection.ReadAsync(new FindHosts("LAB-*"));
        Assert.Equal(2, found.Count);
        Assert.Equal(["LAB-PC-07", "LAB-PC-07"], found.Hosts.Select(host => host.Hostname.ToUpperInvariant()));
        var one = await world.Connection.ReadAsync(new FindHosts("LAB-*", Limit: 1));
        Assert.Equal((1, 2), (one.Hosts.Count, one.Count));
    }
}
