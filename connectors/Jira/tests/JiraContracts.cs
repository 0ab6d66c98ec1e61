using Responder.Connectors.Jira.Emulator;
using Responder.Connectors.Tests.Bench;
using Responder.Connectors.Tests.Contracts;

namespace Responder.Connectors.Jira.Tests;

public sealed class JiraCloudTicketsTests : TicketsContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => EmulatedWorld.OpenAsync(new JiraConnector(), new JiraCloudEmulator(), Now, overrides);
}

public sealed class JiraDataCenterTicketsTests : TicketsContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => EmulatedWorld.OpenAsync(new JiraConnector(), new JiraDataCenterEmulator(), Now, overrides);
}
