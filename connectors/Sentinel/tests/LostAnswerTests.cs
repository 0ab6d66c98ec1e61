using Responder.Connectors.Tests.Bench;
using Responder.Sdk.Emulation;
using Responder.Sdk.Siem;

namespace Responder.Connectors.Sentinel.Tests;

/// <summary>An incident that was changed or commented, with the answer lost: it is so once.</summary>
public sealed class LostAnswerTests
{
    private const string Alert = "SYSMON-DATA-STAGED-1074-7842";

    public static TheoryData<WireFaultKind> Ways => LostAnswers.Ways;

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task It_is_changed_once_and_each_comment_is_there_once(WireFaultKind way)
    {
        await using var world = await OpenAsync();
        await world.RecoverAsync(new UpdateAlert(Alert, "in_progress"), way, "/incidents/");
        await world.RecoverAsync(new UpdateAlert(Alert, Owner: "mlee@company.com"), way, "/incidents/");
        await world.RecoverAsync(new CommentAlert(Alert, "Seen."), way, "/comments/");

        // Both calls of one action: the first is done and its answer lost, then the second's.
        await world.RecoverAsync(new UpdateAlert(Alert, "closed", Comment: "SOC-142"), way, "/incidents/");
        await world.RecoverAsync(new UpdateAlert(Alert, "in_progress", Comment: "SOC-143"), way, "/comments/");

        var alert = world.Estate.Read(company => company.Siem.Alert(Alert));
        Assert.Equal(("in_progress", "mlee@company.com"), (alert.Status, alert.Owner));
        Assert.Equal(["Seen.", "SOC-142", "SOC-143"], alert.Comments.Select(comment => comment.Body.Split(' ')[0]));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_look_is_taken_again(WireFaultKind way)
    {
        await using var world = await OpenAsync();
        world.Emulator!.Faults.Add(new WireFault { Path = "/incidents/", Do = way, Times = 1 });
        Assert.Equal("new", (await world.Connection.ReadAsync(new GetAlert(Alert))).Status);
        Assert.Single(world.Emulator.Calls.All, call => call.Fault is not null);
    }

    private static Task<World> OpenAsync() => SentinelWorlds.OpenAsync(new DateTimeOffset(2024, 2, 28, 19, 20, 0, TimeSpan.Zero), settings: new() { ["TimeoutSeconds"] = "2" });
}
