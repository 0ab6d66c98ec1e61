using Responder.Connectors.Defender.Emulator;
using Responder.Connectors.Tests.Bench;
using Responder.Connectors.Tests.Contracts;

namespace Responder.Connectors.Defender.Tests;

internal static class DefenderWorlds
{
    public static Task<World> OpenAsync(DateTimeOffset now, string? overrides = null, DefenderEmulator? emulator = null, Dictionary<string, string?>? settings = null) =>
        EmulatedWorld.OpenAsync(new DefenderConnector(), emulator ?? new DefenderEmulator(), now, overrides, settings);
}

public sealed class DefenderEdrHostsTests : EdrHostsContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => DefenderWorlds.OpenAsync(Now, overrides);
}

public sealed class DefenderEdrIsolationTests : EdrIsolationContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => DefenderWorlds.OpenAsync(Now, overrides);
}

public sealed class DefenderEdrReadsTests : EdrReadsContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => DefenderWorlds.OpenAsync(Now, overrides);
}

public sealed class DefenderEdrEffectsTests : EdrEffectsContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => DefenderWorlds.OpenAsync(Now, overrides);
}

public sealed class DefenderEdrDeletionTests : EdrDeletionContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => DefenderWorlds.OpenAsync(Now, overrides);
}

public sealed class DefenderEdrScanTests : EdrScanContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => DefenderWorlds.OpenAsync(Now, overrides);
}

public sealed class DefenderEdrDetectionsTests : EdrDetectionsContract
{
    protected override int Severity => 75;

    protected override Task<World> OpenAsync(string? overrides = null) => DefenderWorlds.OpenAsync(Now, overrides);
}
