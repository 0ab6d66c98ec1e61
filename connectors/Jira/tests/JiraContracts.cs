using Responder.Connectors.Jira.Emulator;
using Responder.Connectors.Tests.Bench;
using Responder.Connectors.Tests.Bench.OpenApi;
using Responder.Connectors.Tests.Contracts;

namespace Responder.Connectors.Jira.Tests;

/// <summary>Tickets in Jira Cloud. Every call of every test, and every answer to it, is held against Atlassian's own description.</summary>
public sealed class JiraCloudTicketsTests : TicketsContract, IAsyncDisposable
{
    private readonly List<WatchedEmulator> _watched = [];

    public async ValueTask DisposeAsync()
    {
        var calls = _watched.SelectMany(emulator => emulator.Calls).ToList();
        Assert.NotEmpty(calls);
        await JiraSpecification.AssertAsync(calls);
    }

    protected override Task<World> OpenAsync(string? overrides = null)
    {
        var emulator = new WatchedEmulator(new JiraCloudEmulator());
        _watched.Add(emulator);
        return EmulatedWorld.OpenAsync(new JiraConnector(), emulator, Now, overrides);
    }
}

public sealed class JiraDataCenterTicketsTests : TicketsContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => EmulatedWorld.OpenAsync(new JiraConnector(), new JiraDataCenterEmulator(), Now, overrides);
}
