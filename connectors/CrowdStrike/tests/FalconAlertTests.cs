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

/// <summary>An alert as the emulator has it, beside one of the real service.</summary>
public sealed class FalconAlertFormTests
{
    private const string Own = """{"composite_id":"x","name":"x","severity":1,"status":"new","agent_id":"x","created_timestamp":"x","updated_timestamp":"x","timestamp":"x","product":"epp","type":"ldt","user_name":"x","device":{"hostname":"x","device_id":"x","local_ip":"x","platform_name":"x"}}""";

    [Fact]
    public async Task Every_field_of_the_emulators_alert_that_a_real_one_has_is_of_the_same_kind()
    {
        var real = Recording.Folder("transcribed") is { } folder
            ? JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(Path.Combine(folder, "falcon-alerts-entities-v2.abc.json"), TestContext.Current.CancellationToken)).GetProperty("resources")[0].GetRawText() : Own;
        await using var world = await FalconWorlds.OpenAsync(new DateTimeOffset(2024, 2, 28, 19, 20, 0, TimeSpan.Zero));
        var alerts = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<Falcon.FalconAlerts>(world.Connection.Services);
        var ours = Assert.Single(await alerts.ReadAsync(["ldt:4f1c0de2a94b4c7a8e3d6b7f90a1c045:8590777001"], TestContext.Current.CancellationToken));
        var theirs = Recording.Form(real, deep: true).Select(field => field.Split(": ")).ToDictionary(field => field[0], field => field[1]);
        var both = Recording.Form(ours.GetRawText(), deep: true).Select(field => field.Split(": ")).Where(field => theirs.ContainsKey(field[0])).ToList();
        Assert.All(both, field => Assert.Equal((field[0], theirs[field[0]]), (field[0], field[1])));
        Assert.Superset(new HashSet<string> { "composite_id", "severity", "status", "updated_timestamp", "device/hostname", "device/device_id" }, both.Select(field => field[0]).ToHashSet());
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
