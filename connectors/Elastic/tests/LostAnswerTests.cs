using Responder.Connectors.Tests.Bench;
using Responder.Sdk.Emulation;
using Responder.Sdk.Siem;

namespace Responder.Connectors.Elastic.Tests;

/// <summary>An alert that was changed or commented, with the answer lost: it is so once.</summary>
public sealed class LostAnswerTests
{
    private const string Alert = "SYSMON-DATA-STAGED-1074-7842";

    public static TheoryData<WireFaultKind> Ways => LostAnswers.Ways;

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task It_is_changed_once_and_each_comment_is_there_once(WireFaultKind way)
    {
        await using var world = await OpenAsync();
        await world.RecoverAsync(new UpdateAlert(Alert, "in_progress"), way, "/signals/status");
        await world.RecoverAsync(new UpdateAlert(Alert, Owner: "u_mGBROF_q5bmFCATbLXAcCwKa0k8JvONAwSruelyKA5E_0"), way, "/signals/assignees");
        await world.RecoverAsync(new CommentAlert(Alert, "Seen."), way, "/api/note");

        // Both calls of one action: the first is done and its answer lost, then the second's.
        await world.RecoverAsync(new UpdateAlert(Alert, "closed", Comment: "SOC-142"), way, "/signals/status");
        await world.RecoverAsync(new UpdateAlert(Alert, "in_progress", Comment: "SOC-143"), way, "/api/note");

        var alert = world.Estate.Read(company => company.Siem.Alert(Alert));
        Assert.Equal(("in_progress", "u_mGBROF_q5bmFCATbLXAcCwKa0k8JvONAwSruelyKA5E_0"), (alert.Status, alert.Owner));
        Assert.Equal(["Seen.", "SOC-142", "SOC-143"], alert.Comments.Select(comment => comment.Body.Split(' ')[0]));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_look_is_taken_again(WireFaultKind way)
    {
        await using var world = await OpenAsync();
        world.Emulator!.Faults.Add(new WireFault { Path = "/signals/search", Do = way, Times = 1 });
        Assert.Equal("new", (await world.Connection.ReadAsync(new GetAlert(Alert))).Status);
        Assert.Single(world.Emulator.Calls.All, call => call.Fault is not null);
    }

    private static Task<World> OpenAsync() => ElasticWorlds.OpenAsync(new DateTimeOffset(2024, 2, 28, 19, 20, 0, TimeSpan.Zero), settings: new() { ["TimeoutSeconds"] = "2" });
}
