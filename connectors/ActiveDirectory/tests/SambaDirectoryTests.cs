using Responder.Connectors.Tests.Bench;
using Responder.Connectors.Tests.Contracts;

namespace Responder.Connectors.ActiveDirectory.Tests;

/// <summary>The contract of the directory, against a real domain controller.</summary>
[Collection("samba")]
public sealed class SambaDirectoryTests(SambaServer samba) : DirectoryContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => Task.FromResult(SambaWorlds.Open(samba, Now, overrides));
}
