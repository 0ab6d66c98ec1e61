using System.Text.Json;
using Responder.Connectors.MicrosoftGraph.Emulator;
using Responder.Connectors.Tests.Bench;
using Responder.Connectors.Tests.Contracts;
using Responder.Sdk.Estate;

namespace Responder.Connectors.MicrosoftGraph.Tests;

public sealed class GraphFeedTests : ProductFeedContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => GraphWorlds.OpenAsync(HalfPast, overrides, new GraphEmulator { LongestPage = 2 });

    protected override string Plant(IReadOnlyList<Planted> alerts) =>
        "siem:\n  alerts:\n" + string.Join('\n', alerts.Select(one => $"    {one.Id}: {{ title: Data staged, at: {At(one)} }}"));

    protected override string IdOf(JsonElement document) => document.GetProperty("id").GetString()!;

    protected override void Change(MockEstate estate, string id) => estate.Do(new EffectBy("world.alert_changed", id), _ => new AlertChanged(id, "in_progress"));
}

public sealed class GraphWriteBackTests : ProductWriteBackContract
{
    protected override string Alert => "SYSMON-DATA-STAGED-1074-7842";

    protected override string Source => "graph";

    protected override (string InProgress, string Resolved) Words => ("in_progress", "resolved");

    protected override string? Acting => "/comments";

    protected override Task<World> OpenAsync(string? overrides = null) => GraphWorlds.OpenAsync(Now, overrides);

    protected override AtProduct Look(Company company)
    {
        var alert = company.Siem.Alert(Alert);
        return new AtProduct(alert.Status, alert.Owner, [.. alert.Comments.Select(comment => comment.Body)]);
    }
}
