using Responder.Sdk;
using Responder.Sdk.Edr;

namespace Responder.Connectors.Tests.Contracts;

/// <summary>The EDR's own detections.</summary>
public abstract class EdrDetectionsContract : ContractSuite
{
    /// <summary>85 in the estate; a product with words for severities has its number for the word.</summary>
    protected virtual int Severity => 85;

    [Fact]
    public async Task A_detection_is_read()
    {
        await using var world = await OpenAsync();
        var found = await world.Connection.ReadAsync(new GetDetection("ldt:4f1c0de2a94b4c7a8e3d6b7f90a1c045:8590777001"));
        Assert.Equal(Severity, found.Severity);
        Assert.Equal((await world.Connection.ReadAsync(new FindHost("ENG-WS-045"))).Id, found.HostId);
        Assert.Contains("T1074.001", found.Techniques);
        await world.Connection.FailsAsync(new GetDetection("ldt:none"), FailureKind.NotFound);
    }

    [Fact]
    public async Task A_detection_is_updated_and_commented_once()
    {
        await using var world = await OpenAsync();
        const string id = "ldt:4f1c0de2a94b4c7a8e3d6b7f90a1c045:8590777001";
        var step = world.Connection.Step();
        var update = new UpdateDetection(id, "true_positive", Comment: "SOC-142");
        Assert.Equal("true_positive", (await world.Connection.DoAsync(update, step)).Value.Status);
        Assert.Equal(OutcomeKind.AlreadySo, (await world.Connection.DoAsync(update, step)).Kind);
        Assert.Single(world.Estate.Read(company => company.Detections[id].Comments.ToList()));
        await world.Connection.FailsAsync(new UpdateDetection(id, "nonsense"), FailureKind.Invalid);
    }
}
