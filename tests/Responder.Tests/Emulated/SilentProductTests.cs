using Responder.Engine;
using Responder.Sdk.Emulation;

namespace Responder.Tests.Emulated;

/// <summary>A product that does not answer for a while: the connection's circuit breaker opens, its runs wait for it, and go on when it is back.</summary>
public sealed class SilentProductTests
{
    [Fact]
    public async Task The_run_waits_for_its_connection_and_loses_none_of_its_attempts()
    {
        await using var world = await EmulatedCase.OpenAsync(faster: 60);
        var falcon = world.Fleet.Members.Single(member => member.Server.Name == "falcon").Server;
        falcon.Faults.Add(new WireFault { Status = 503 });
        var runId = await world.StartAsync();

        // Many times longer than four attempts take.
        var waits = await world.UntilAsync(runId, view => view is { Status: RunStatus.Waiting, Reason: not null } && view.Reason.StartsWith("waits for connection", StringComparison.Ordinal));
        Assert.StartsWith("waits for connection falcon: circuit open since ", waits.Reason, StringComparison.Ordinal);
        await world.UntilAsync(runId, _ => Waits(world, runId) >= 8);
        var still = await world.UntilAsync(runId, view => view.Status == RunStatus.Waiting);
        Assert.All(still.Steps, step => Assert.True(step.Status != StepStatus.Failed && step.Attempts <= 4, EmulatedCase.Told(still)));
        falcon.Faults.Clear();

        FailingCallsTests.AssertContained(await world.EndAsync(runId), world);
    }

    private static int Waits(EmulatedCase world, string runId) =>
        world.Node.Store.Journal.ReadAsync(runId, 0, default).GetAwaiter().GetResult()!.Events.Count(stored => stored.Type == "circuit_awaited");
}
