using System.Text.Json;
using Responder.Connectors.Tests.Bench;
using Responder.Connectors.Tests.Contracts;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Defender.Tests;

public sealed class DefenderFeedTests : ProductFeedContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => DefenderWorlds.OpenAsync(HalfPast, overrides);

    protected override string Plant(IReadOnlyList<Planted> alerts) =>
        "detections:\n" + string.Join('\n', alerts.Select(one => $"  {one.Id}: {{ title: Data staged, severity: 85, host: ENG-WS-045, created_at: {At(one)} }}"));

    protected override string IdOf(JsonElement document) => document.GetProperty("id").GetString()!;

    protected override void Change(MockEstate estate, string id) => estate.Do(new EffectBy("world.detection_changed", id), _ => new DetectionChanged(id, "in_progress"));
}

public sealed class DefenderWriteBackTests : ProductWriteBackContract
{
    protected override string Alert => "ldt:4f1c0de2a94b4c7a8e3d6b7f90a1c045:8590777001";

    protected override string Source => "defender";

    protected override (string InProgress, string Resolved) Words => ("in_progress", "true_positive");

    protected override string? Acting => "/api/alerts/";

    protected override Task<World> OpenAsync(string? overrides = null) => DefenderWorlds.OpenAsync(Now, overrides);

    protected override AtProduct Look(Company company)
    {
        var alert = company.Detections[Alert];
        return new AtProduct(alert.Status, alert.Assignee, [.. alert.Comments.Select(comment => comment.Body)]);
    }
}
