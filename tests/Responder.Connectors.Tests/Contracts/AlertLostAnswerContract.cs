using Responder.Connectors.Tests.Bench;
using Responder.Sdk.Emulation;
using Responder.Sdk.Siem;

namespace Responder.Connectors.Tests.Contracts;

/// <summary>An alert that was changed or commented at a product that sends its alerts, with the answer lost: it is so once.</summary>
public abstract class AlertLostAnswerContract : ContractSuite
{
    private const string Alert = "SYSMON-DATA-STAGED-1074-7842";

    public static TheoryData<WireFaultKind> Ways => LostAnswers.Ways;

    /// <summary>Where it is looked for, its status is set, its owner, and where comments go: parts of the product's addresses.</summary>
    protected abstract (string Look, string Status, string Owner, string Comment) Paths { get; }

    /// <summary>An owner as the product names them.</summary>
    protected abstract string Owner { get; }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task It_is_changed_once_and_each_comment_is_there_once(WireFaultKind way)
    {
        await using var world = await OpenAsync();
        await world.RecoverAsync(new UpdateAlert(Alert, "in_progress"), way, Paths.Status);
        await world.RecoverAsync(new UpdateAlert(Alert, Owner: Owner), way, Paths.Owner);
        await world.RecoverAsync(new CommentAlert(Alert, "Seen."), way, Paths.Comment);

        // Both calls of one action: the first is done and its answer lost, then the second's.
        await world.RecoverAsync(new UpdateAlert(Alert, "closed", Comment: "SOC-142"), way, Paths.Status);
        await world.RecoverAsync(new UpdateAlert(Alert, "in_progress", Comment: "SOC-143"), way, Paths.Comment);

        var alert = world.Estate.Read(company => company.Siem.Alert(Alert));
        Assert.Equal(("in_progress", Owner), (alert.Status, alert.Owner));
        Assert.Equal(["Seen.", "SOC-142", "SOC-143"], alert.Comments.Select(comment => comment.Body.Split(' ')[0]));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_look_is_taken_again(WireFaultKind way)
    {
        await using var world = await OpenAsync();
        world.Emulator!.Faults.Add(new WireFault { Path = Paths.Look, Do = way, Times = 1 });
        Assert.Equal("new", (await world.Connection.ReadAsync(new GetAlert(Alert))).Status);
        Assert.Single(world.Emulator.Calls.All, call => call.Fault is not null);
    }
}
