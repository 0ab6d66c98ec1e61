using Responder.Connectors.Tests.Bench;
using Responder.Connectors.Tests.Contracts;

namespace Responder.Connectors.Http.Tests;

public sealed class RestHttpTests : HttpContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => Task.FromResult(HttpWorlds.Open(Now, overrides));
}
