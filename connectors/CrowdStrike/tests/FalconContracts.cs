using Responder.Connectors.CrowdStrike.Emulator;
using Responder.Connectors.Tests.Bench;
using Responder.Connectors.Tests.Contracts;

namespace Responder.Connectors.CrowdStrike.Tests;

internal static class FalconWorlds
{
    public static Task<World> OpenAsync(DateTimeOffset now, string? overrides = null, FalconEmulator? emulator = null, Dictionary<string, string?>? settings = null) =>
        EmulatedWorld.OpenAsync(new CrowdStrikeConnector(), emulator ?? new FalconEmulator(), now, overrides, settings);
}

public sealed class FalconEdrHostsTests : EdrHostsContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => FalconWorlds.OpenAsync(Now, overrides);
}

public sealed class FalconEdrIsolationTests : EdrIsolationContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => FalconWorlds.OpenAsync(Now, overrides);
}

public sealed class FalconEdrScanTests : EdrScanContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => FalconWorlds.OpenAsync(Now, overrides);
}

public sealed class FalconEdrDetectionsTests : EdrDetectionsContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => FalconWorlds.OpenAsync(Now, overrides);
}

public sealed class FalconEdrReadsTests : EdrReadsContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => FalconWorlds.OpenAsync(Now, overrides);
}

public sealed class FalconEdrEffectsTests : EdrEffectsContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => FalconWorlds.OpenAsync(Now, overrides);
}

public sealed class FalconEdrDeletionTests : EdrDeletionContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => FalconWorlds.OpenAsync(Now, overrides);
}
