using Responder.Sdk;
using Responder.Sdk.Siem;

namespace Responder.Connectors.Tests.Contracts;

/// <summary>Alerts, of a SIEM or of a product that keeps some.</summary>
public abstract class AlertsContract : ContractSuite
{
    /// <summary>How many calls set status and owner.</summary>
    protected virtual int CallsOfAnUpdate => 1;

    [Fact]
    public async Task An_alert_is_read_updated_and_commented()
    {
        await using var world = await OpenAsync();
        const string id = "SYSMON-DATA-STAGED-1074-7842";
        Assert.Equal("new", (await world.Connection.ReadAsync(new GetAlert(id))).Status);
        Assert.Equal("in_progress", (await world.Connection.DoAsync(new UpdateAlert(id, "in_progress", "mlee"))).Value.Status);
        Assert.Equal(OutcomeKind.AlreadySo, (await world.Connection.DoAsync(new UpdateAlert(id, "in_progress", "mlee"))).Kind);
        var step = world.Connection.Step();
        var comment = new CommentAlert(id, "SOC-142");
        Assert.Equal(ProbeVerdict.NotHappened, (await world.Connection.ProbeAsync(comment, step)).Verdict);
        await world.Connection.DoAsync(comment, step);
        Assert.Equal(ProbeVerdict.Happened, (await world.Connection.ProbeAsync(comment, step)).Verdict);
        Assert.Equal((CallsOfAnUpdate, 1), (world.Count("siem.update_alert"), world.Count("siem.comment_alert")));
        await world.Connection.FailsAsync(new GetAlert("none"), FailureKind.NotFound);
    }
}
