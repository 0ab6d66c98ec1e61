using Responder.Sdk.Emulation;

namespace Responder.Tests.Emulated;

/// <summary>The same playbook, unchanged, in a shop whose EDR is Microsoft Defender for Endpoint.</summary>
public sealed class SecondEdrTests
{
    [Fact]
    public async Task The_case_ends_the_same_on_defender()
    {
        await using var world = await EmulatedCase.OpenAsync(faster: 60, edr: "defender");

        var run = await world.EndAsync(await world.StartAsync());

        FailingCallsTests.AssertContained(run, world);
        var calls = world.Fleet.Members.ToDictionary(member => member.Server.Name, member => member.Server.Calls);
        Assert.Equal((0, 1), (calls["falcon"].All.Count, calls["defender"].Count("POST", "/api/machines/" + Machine(run) + "/isolate")));
    }

    [Fact]
    public async Task A_deletion_whose_answer_is_lost_is_found_and_not_done_again()
    {
        await using var world = await EmulatedCase.OpenAsync(faster: 60, edr: "defender");
        world.Fleet.Add([new WireFault { Emulator = "defender", Method = "POST", Path = "/runliveresponse", Do = WireFaultKind.DropAfterDoing, Share = 0.3, Seed = 1 }]);

        FailingCallsTests.AssertContained(await world.EndAsync(await world.StartAsync()), world);
    }

    private static string Machine(Hosting.Views.RunView run) => run.Steps.Single(step => step.Id == "host").Outputs!.Value.GetProperty("id").GetString()!;
}
