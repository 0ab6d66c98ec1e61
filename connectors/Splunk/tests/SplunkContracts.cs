using Responder.Connectors.Splunk.Emulator;
using Responder.Connectors.Tests.Bench;
using Responder.Connectors.Tests.Contracts;

namespace Responder.Connectors.Splunk.Tests;

public sealed class SplunkSiemTests : SiemContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => EmulatedWorld.OpenAsync(new SplunkConnector(), new SplunkEmulator(), Now, overrides);
}
