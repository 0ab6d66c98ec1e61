using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using Responder.Connectors.Tests.Bench;
using Responder.Sdk;
using Responder.Sdk.Directory;

namespace Responder.Connectors.ActiveDirectory.Tests;

/// <summary>A domain controller that is not there.</summary>
public sealed class SilentServerTests
{
    [Fact]
    public async Task It_is_left_alone_for_a_while_and_then_tried_by_one()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        using var folder = new TempFolder();
        var time = new FakeTimeProvider(new DateTimeOffset(2024, 2, 28, 19, 20, 0, TimeSpan.Zero));
        await using var directory = new ConnectionBench(
            new ActiveDirectoryConnector(), folder.Path, time, new Dictionary<string, string?> { ["Url"] = $"ldaps://127.0.0.1:{port}", ["User"] = "svc@company.com", ["Password"] = "canary" });
        for (var asked = 1; asked <= 5; asked++)
        {
            Assert.Equal(asked == 5, (await directory.FailsAsync(new FindDirectoryUser("alexchen"), FailureKind.Transient)).CircuitSince is not null);
        }

        Assert.Equal("circuit_open", (await directory.FailsAsync(new DisableDirectoryUser("alexchen"), FailureKind.Transient)).Code);
        time.Advance(TimeSpan.FromSeconds(16));
        Assert.Equal("not_sent", (await directory.FailsAsync(new FindDirectoryUser("alexchen"), FailureKind.Transient)).Code);
    }
}
