using System.Text.Json;
using Responder.Connectors.Tests.Bench;
using Responder.Connectors.Tests.Contracts;
using Responder.Sdk.Estate;

namespace Responder.Connectors.CrowdStrike.Tests;

public sealed class FalconFeedTests : ProductFeedContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => FalconWorlds.OpenAsync(HalfPast, overrides);

    protected override string Plant(IReadOnlyList<Planted> alerts) =>
        "detections:\n" + string.Join('\n', alerts.Select(one => $"  'ind:{one.Id}': {{ title: Data staged, severity: 85, host: ENG-WS-045, created_at: {At(one)} }}"));

    protected override string Id(string id) => "ind:" + id;

    protected override string IdOf(JsonElement document) => document.GetProperty("composite_id").GetString()!;

    protected override void Change(MockEstate estate, string id) => estate.Do(new EffectBy("world.detection_changed", id), _ => new DetectionChanged(id, "in_progress"));

    [Fact]
    public async Task One_that_is_gone_since_it_was_listed_takes_no_other_with_it()
    {
        await using var world = await OpenAsync(Plant(Seven));
        var alerts = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<Falcon.FalconAlerts>(world.Connection.Services);
        var read = await alerts.ReadAsync(["ind:A-1", "ind:gone", "ind:A-2", "ind:gone-too"], TestContext.Current.CancellationToken);
        Assert.Equal(["ind:A-1", "ind:A-2"], read.Select(IdOf));
    }
}

public sealed class FalconWriteBackTests : ProductWriteBackContract
{
    protected override string Alert => "ldt:4f1c0de2a94b4c7a8e3d6b7f90a1c045:8590777001";

    protected override string Source => "crowdstrike";

    protected override (string InProgress, string Resolved) Words => ("in_progress", "true_positive");

    protected override string? Acting => "/alerts/entities/alerts/v3";

    protected override Task<World> OpenAsync(string? overrides = null) => FalconWorlds.OpenAsync(Now, overrides);

    protected override AtProduct Look(Company company)
    {
        var alert = company.Detections[Alert];
        return new AtProduct(alert.Status, alert.Assignee, [.. alert.Comments.Select(comment => comment.Body)]);
    }
}
