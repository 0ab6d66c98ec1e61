using Responder.Connectors.Jira.Emulator;
using Responder.Connectors.Tests.Bench;
using Responder.Sdk;
using Responder.Sdk.Emulation;
using Responder.Sdk.Tickets;

namespace Responder.Connectors.Jira.Tests;

/// <summary>Each thing that Jira does, with its answer lost in either way: it is there once.</summary>
public sealed class LostAnswerTests
{
    private static readonly DateTimeOffset Now = new(2024, 2, 28, 19, 20, 0, TimeSpan.Zero);

    public static TheoryData<string, WireFaultKind> Ways => new(from deployment in (string[])["jira_cloud", "jira_dc"] from way in (WireFaultKind[])[WireFaultKind.DropAfterDoing, WireFaultKind.HangAfterDoing] select (deployment, way));

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task It_is_there_once(string deployment, WireFaultKind way)
    {
        await using var world = await EmulatedWorld.OpenAsync(
            new JiraConnector(), deployment == "jira_cloud" ? new JiraCloudEmulator() : new JiraDataCenterEmulator(), Now, settings: new Dictionary<string, string?> { ["Timeout"] = "2" });
        var key = (await world.RecoverAsync(new CreateTicket("SOC", "Incident", "Data staged", Template.Text("x"), Parent: "SOC-141"), way, "/issue")).Key;
        Assert.Equal(("SOC-142", 1), (key, world.Count("tickets.link")));
        await world.RecoverAsync(new CommentTicket(key, Template.Text("Seen.")), way, "/comment");
        await world.RecoverAsync(new AttachFile(key, world.Connection.Keep("manifest.json", "[1,2]"), "files.json"), way, "/attachments");
        await world.RecoverAsync(new UpdateTicket(key, Priority: "P1", AddLabels: ["vip"]), way, "/issue/");
        await world.RecoverAsync(new LinkTickets(key, "SOC-141", "Blocks"), way, "/issueLink");
        Assert.Equal("In Progress", (await world.RecoverAsync(new TransitionTicket(key, "in_progress"), way, "/transitions")).Status);
        Assert.Equal("Done", (await world.RecoverAsync(new CloseTicket(key, "Benign", Template.Text("Done.")), way, "/transitions")).Status);
        Assert.Equal((1, 2, 1), (world.Count("tickets.create"), world.Count("tickets.comment"), world.Count("tickets.attach")));
    }
}
