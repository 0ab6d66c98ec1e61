using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Responder.Connectors.Sentinel.Emulator;
using Responder.Connectors.Tests.Bench;
using Responder.Connectors.Tests.Contracts;
using Responder.Sdk;
using Responder.Sdk.Estate;
using Responder.Sdk.Siem;

namespace Responder.Connectors.Sentinel.Tests;

public sealed class SentinelAlertTests : AlertsContract
{
    private const string Alert = "SYSMON-DATA-STAGED-1074-7842";

    protected override Task<World> OpenAsync(string? overrides = null) => SentinelWorlds.OpenAsync(Now, overrides);

    [Fact]
    public async Task An_incident_that_somebody_changed_meanwhile_is_not_written_over()
    {
        await using var world = await OpenAsync();
        var step = world.Connection.Step(atGate: () => world.Estate.Do(new EffectBy("world.alert_changed", Alert), _ => new AlertChanged(Alert, Owner: "somebody")));
        var failure = await Assert.ThrowsAsync<ActionFailure>(() => world.Connection.DoAsync(new UpdateAlert(Alert, "in_progress", "mlee"), step));
        Assert.Equal((FailureKind.Transient, "Conflict"), (failure.Kind, failure.Code));
        Assert.Equal(("new", "somebody"), world.Estate.Read(company => (company.Siem.Alert(Alert).Status, company.Siem.Alert(Alert).Owner)));
    }

    [Fact]
    public async Task A_comment_put_twice_is_one_comment()
    {
        await using var world = await OpenAsync();
        var step = world.Connection.Step();
        await world.Connection.DoAsync(new CommentAlert(Alert, "SOC-142"), step);
        await world.Connection.DoAsync(new CommentAlert(Alert, "SOC-142"), step);
        Assert.Equal("SOC-142", Assert.Single(world.Estate.Read(company => company.Siem.Alert(Alert).Comments.ToList())).Body);
    }

    [Fact]
    public async Task The_check_names_what_the_app_is_not_granted()
    {
        var emulator = new SentinelEmulator();
        emulator.Grants.Clear();
        emulator.Grants.Add("*/read");
        await using var world = await SentinelWorlds.OpenAsync(Now, null, emulator);
        var health = await world.Connection.Services.GetRequiredService<IConnectionCheck>().CheckAsync(TestContext.Current.CancellationToken);
        Assert.True(health.Ok, health.Message);
        Assert.Null(health.Allowed["siem.get_alert"]);
        Assert.Contains("Microsoft.SecurityInsights/incidents/write", health.Allowed["siem.update_alert"], StringComparison.Ordinal);
        Assert.Equal(world.Connection.Actions.Keys.Order(), health.Allowed.Keys.Order());
    }

    [Theory]
    [InlineData("BaseUrl", "https://evil.example")]
    [InlineData("Workspace", null)]
    public async Task A_wrong_setting_is_named(string setting, string? value) =>
        Assert.Equal($"Connections:it:{setting}", (await Assert.ThrowsAsync<SettingsException>(() => SentinelWorlds.OpenAsync(Now, settings: new() { [setting] = value }))).Setting);
}

public sealed class SentinelWriteBackTests : ProductWriteBackContract
{
    protected override string Alert => "SYSMON-DATA-STAGED-1074-7842";

    protected override string Source => "sentinel";

    protected override (string InProgress, string Resolved) Words => ("in_progress", "closed");

    protected override string? Acting => "/comments/";

    protected override Task<World> OpenAsync(string? overrides = null) => SentinelWorlds.OpenAsync(Now, overrides);

    protected override AtProduct Look(Company company)
    {
        var alert = company.Siem.Alert(Alert);
        return new AtProduct(alert.Status, alert.Owner, [.. alert.Comments.Select(comment => comment.Body)]);
    }

    [Fact]
    public async Task A_row_of_alerts_is_no_incident_and_nothing_is_called()
    {
        await using var world = await OpenAsync();
        await WriteAsync(world, Start() with { Raw = JsonSerializer.Deserialize<JsonElement>("""{"SystemAlertId":"x"}""") });
        Assert.Empty(world.Emulator!.Calls.All);
    }
}

internal static class SentinelWorlds
{
    public static Task<World> OpenAsync(DateTimeOffset now, string? overrides = null, SentinelEmulator? emulator = null, Dictionary<string, string?>? settings = null) =>
        EmulatedWorld.OpenAsync(new SentinelConnector(), emulator ?? new SentinelEmulator(), now, overrides, settings);
}
