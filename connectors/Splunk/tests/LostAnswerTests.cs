using Responder.Connectors.Splunk.Emulator;
using Responder.Connectors.Tests.Bench;
using Responder.Sdk.Emulation;
using Responder.Sdk.Siem;

namespace Responder.Connectors.Splunk.Tests;

/// <summary>A notable that was changed, with the answer lost.</summary>
public sealed class LostAnswerTests
{
    public static TheoryData<WireFaultKind> Ways => LostAnswers.Ways;

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_notable_is_changed_once_and_commented_once(WireFaultKind way)
    {
        await using var world = await EmulatedWorld.OpenAsync(
            new SplunkConnector(), new SplunkEmulator(), new DateTimeOffset(2024, 2, 28, 19, 20, 0, TimeSpan.Zero), settings: new Dictionary<string, string?> { ["Timeout"] = "2" });
        var id = world.Estate.Read(company => company.Siem.Alerts.Keys.First());
        await world.RecoverAsync(new UpdateAlert(id, "in_progress"), way, "/services/notable_update");
        await world.RecoverAsync(new CommentAlert(id, "SOC-142"), way, "/services/notable_update");
    }
}
