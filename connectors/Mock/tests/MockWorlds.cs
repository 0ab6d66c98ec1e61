using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Responder.Connectors.Tests.Bench;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Mock.Tests;

/// <summary>Connections of the mock, each over an estate of its own on disk.</summary>
internal static class MockWorlds
{
    public static World Open(
        DateTimeOffset now, string? overrides = null, string? faults = null, TempFolder? folder = null, FakeTimeProvider? time = null, Action<IServiceCollection>? more = null)
    {
        var own = folder is null ? new TempFolder() : null;
        var settings = new Dictionary<string, string?> { ["Overrides"] = overrides, ["Faults"] = faults };
        var connection = new ConnectionBench(new MockConnector(), (folder ?? own!).Path, time ?? new FakeTimeProvider(now), settings, more);
        return new World(connection, connection.Services.GetRequiredService<MockEstate>(), own is null ? [] : [own]);
    }
}
