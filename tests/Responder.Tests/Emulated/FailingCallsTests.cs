using Responder.Engine;
using Responder.Sdk.Emulation;

namespace Responder.Tests.Emulated;

/// <summary>Every fifth call fails in one way or another: the case ends the same, each effect is there once, and people are told at least once.</summary>
public sealed class FailingCallsTests
{
    private static readonly string[] Once = ["edr.isolate_host", "edr.kill_process", "edr.delete_folder", "edr.scan", "identity.disable_user", "directory.disable_user", "tickets.close", "tickets.attach"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_case_ends_the_same(int seed)
    {
        await using var world = await EmulatedCase.OpenAsync();
        world.Fleet.Add(
        [
            new WireFault { Do = WireFaultKind.Answer, Status = 429, RetryAfter = TimeSpan.FromSeconds(3), Share = 0.05, Seed = seed },
            new WireFault { Do = WireFaultKind.Answer, Status = 503, Share = 0.05, Seed = seed + 100 },
            new WireFault { Do = WireFaultKind.Hang, Share = 0.03, Seed = seed + 200 },
            new WireFault { Do = WireFaultKind.HangAfterDoing, Share = 0.03, Seed = seed + 300 },
            new WireFault { Do = WireFaultKind.DropAfterDoing, Share = 0.05, Seed = seed + 400 },
        ]);

        var run = await world.EndAsync(await world.StartAsync());

        AssertContained(run, world);
        var calls = world.Fleet.Members.SelectMany(member => member.Server.Calls.All).ToList();
        Assert.InRange(calls.Count(call => call.Fault is not null), calls.Count / 10, calls.Count / 3);
    }

    [Fact]
    public async Task A_ticket_whose_making_times_out_after_it_was_made_is_one_ticket()
    {
        await using var world = await EmulatedCase.OpenAsync();
        world.Fleet.Add([new WireFault { Emulator = "jira_cloud", Method = "POST", Path = "/rest/api/3/issue", Do = WireFaultKind.HangAfterDoing, Times = 1 }]);

        var run = await world.EndAsync(await world.StartAsync());

        AssertContained(run, world);
        Assert.Equal("SOC-142", run.Steps.Single(step => step.Id == "ticket").Outputs!.Value.GetProperty("key").GetString());
    }

    internal static void AssertContained(Hosting.Views.RunView run, EmulatedCase world)
    {
        Assert.True(run.Status == RunStatus.Succeeded && run.Outcome == "contained", EmulatedCase.Told(run));
        var done = world.Done;
        Assert.All(Once, action => Assert.Equal((action, 1), (action, done.GetValueOrDefault(action))));
        Assert.Equal((3, 2, 3), (done["tickets.create"], done["tickets.link"], done["tickets.comment"]));
        Assert.True(done["chat.ask"] >= 1 && done["chat.notify"] >= 1);
        var state = world.Estate.State();
        Assert.Equal("isolated", state.GetProperty("hosts").GetProperty("ENG-WS-045").GetProperty("isolation").GetString());
        Assert.Equal("Malicious – staged data deleted", state.GetProperty("tickets").GetProperty("issues").GetProperty("SOC-142").GetProperty("resolution").GetString());
    }
}
