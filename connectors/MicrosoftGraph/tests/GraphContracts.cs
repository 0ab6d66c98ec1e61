using Responder.Connectors.MicrosoftGraph.Emulator;
using Responder.Connectors.Tests.Bench;
using Responder.Connectors.Tests.Contracts;

namespace Responder.Connectors.MicrosoftGraph.Tests;

internal static class GraphWorlds
{
    public static Task<World> OpenAsync(DateTimeOffset now, string? overrides = null, GraphEmulator? emulator = null, Dictionary<string, string?>? settings = null) =>
        EmulatedWorld.OpenAsync(new GraphConnector(), emulator ?? new GraphEmulator(), now, overrides, settings);
}

public sealed class GraphIdentityTests : IdentityContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => GraphWorlds.OpenAsync(Now, overrides);
}

public sealed class GraphAlertTests : AlertsContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => GraphWorlds.OpenAsync(Now, overrides);
}
