using Responder.Connectors.Tests.Bench;
using Responder.Connectors.Tests.Contracts;

namespace Responder.Connectors.Mock.Tests;

public sealed class MockEdrHostsTests : EdrHostsContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => Task.FromResult(MockWorlds.Open(Now, overrides));
}

public sealed class MockEdrIsolationTests : EdrIsolationContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => Task.FromResult(MockWorlds.Open(Now, overrides));
}

public sealed class MockEdrScanTests : EdrScanContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => Task.FromResult(MockWorlds.Open(Now, overrides));
}

public sealed class MockEdrDetectionsTests : EdrDetectionsContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => Task.FromResult(MockWorlds.Open(Now, overrides));
}

public sealed class MockEdrReadsTests : EdrReadsContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => Task.FromResult(MockWorlds.Open(Now, overrides));
}

public sealed class MockEdrEffectsTests : EdrEffectsContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => Task.FromResult(MockWorlds.Open(Now, overrides));
}

public sealed class MockEdrDeletionTests : EdrDeletionContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => Task.FromResult(MockWorlds.Open(Now, overrides));
}

public sealed class MockIdentityTests : IdentityContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => Task.FromResult(MockWorlds.Open(Now, overrides));
}

public sealed class MockDirectoryTests : DirectoryContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => Task.FromResult(MockWorlds.Open(Now, overrides));
}

public sealed class MockTicketsTests : TicketsContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => Task.FromResult(MockWorlds.Open(Now, overrides));
}

public sealed class MockSiemTests : SiemContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => Task.FromResult(MockWorlds.Open(Now, overrides));
}

public sealed class MockChatTests : ChatContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => Task.FromResult(MockWorlds.Open(Now, overrides));
}

public sealed class MockMailTests : MailContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => Task.FromResult(MockWorlds.Open(Now, overrides));
}

public sealed class MockHttpTests : HttpContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => Task.FromResult(MockWorlds.Open(Now, overrides));
}
