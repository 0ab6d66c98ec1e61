using System.Text.Json;
using Responder.Engine;

namespace Responder.Tests.Emulated;

/// <summary>A host that is not connected: what does not need it is done, what needs it waits, and not for ever.</summary>
public sealed class OfflineHostTests
{
    [Fact]
    public async Task It_waits_and_goes_on_when_the_host_is_back()
    {
        await using var world = await EmulatedCase.OpenAsync();
        Online(world, false);
        var runId = await world.StartAsync();
        var waits = await world.UntilAsync(runId, view => view.Steps.Any(step => step is { Id: "reachable", Attempts: > 0 }));
        Assert.Equal((1, 1, 0), (world.Done["edr.isolate_host"], world.Done["identity.disable_user"], world.Done.GetValueOrDefault("edr.delete_folder")));
        Assert.Equal("pending", waits.Steps.Single(step => step.Id == "isolate").Outputs!.Value.GetProperty("isolation").GetString());

        Online(world, true);

        FailingCallsTests.AssertContained(await world.EndAsync(runId), world);
    }

    [Fact]
    public async Task One_that_never_comes_back_leaves_the_rest_done_and_says_what_is_open()
    {
        // Two hours of waiting in half a minute; nothing here needs the clocks of live response.
        await using var world = await EmulatedCase.OpenAsync(faster: 240);
        Online(world, false);

        var run = await world.EndAsync(await world.StartAsync());

        Assert.True(run.Status == RunStatus.Succeeded, EmulatedCase.Told(run));
        var done = world.Done;
        Assert.Equal((1, 1, 1), (done["edr.isolate_host"], done["identity.disable_user"], done["directory.disable_user"]));
        Assert.All((string[])["edr.delete_folder", "edr.kill_process", "edr.scan", "tickets.close"], action => Assert.Equal((action, 0), (action, done.GetValueOrDefault(action))));
        var ticket = world.Estate.State().GetProperty("tickets").GetProperty("issues").GetProperty("SOC-142");
        Assert.Equal("In Progress", ticket.GetProperty("status").GetString());
        Assert.Contains("The host did not come online within two hours", ticket.GetProperty("comments").GetRawText(), StringComparison.Ordinal);
        Assert.Equal("pending", world.Estate.State().GetProperty("hosts").GetProperty("ENG-WS-045").GetProperty("isolation").GetString());
    }

    private static void Online(EmulatedCase world, bool online) =>
        world.Estate.Happen(JsonSerializer.Deserialize<JsonElement>($$"""{"is":"host_connected","host":"ENG-WS-045","online":{{(online ? "true" : "false")}}}"""));
}
