using Responder.Sdk.Edr;

namespace Responder.Sdk.Tests.Catalog;

/// <summary>Actions and handlers of a made-up connector.</summary>
public static class Samples
{
    internal sealed class Finder : IActionHandler<FindHost, HostFound>
    {
        public Task<Outcome<HostFound>> RunAsync(FindHost action, ActionContext context) => Task.FromResult<Outcome<HostFound>>(
            new HostFound("1", action.Hostname, null, null, null, true, "normal", null, [], null));
    }

    /// <summary>Rings.</summary>
    /// <param name="Times">How often.</param>
    [Action("bell.ring", Effect.Notify)]
    public sealed record Ring(int Times) : IAction<Rung>;

    /// <summary>It rang.</summary>
    /// <param name="Times">How often.</param>
    public sealed record Rung(int Times);

    internal sealed class Forgetful : IActionHandler<Ring, Rung>
    {
        public Task<Outcome<Rung>> RunAsync(Ring action, ActionContext context) => Task.FromResult<Outcome<Rung>>(new Rung(action.Times));
    }

    [Recovery(Recover.Probe)]
    internal sealed class Probeless : IActionHandler<Ring, Rung>
    {
        public Task<Outcome<Rung>> RunAsync(Ring action, ActionContext context) => Task.FromResult<Outcome<Rung>>(new Rung(action.Times));
    }
}
