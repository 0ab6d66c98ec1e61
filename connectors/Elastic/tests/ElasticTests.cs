using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Responder.Connectors.Elastic.Emulator;
using Responder.Connectors.Tests.Bench;
using Responder.Connectors.Tests.Contracts;
using Responder.Sdk;
using Responder.Sdk.Estate;
using Responder.Sdk.Siem;

namespace Responder.Connectors.Elastic.Tests;

public sealed class ElasticAlertTests : AlertsContract
{
    private const string Alert = "SYSMON-DATA-STAGED-1074-7842";

    protected override int CallsOfAnUpdate => 2;

    protected override Task<World> OpenAsync(string? overrides = null) => ElasticWorlds.OpenAsync(Now, overrides);

    [Fact]
    public async Task The_check_names_the_privilege_that_is_missing()
    {
        var emulator = new ElasticEmulator();
        emulator.Privileges.Remove("write");
        await using var world = await ElasticWorlds.OpenAsync(Now, null, emulator);
        var health = await world.Connection.Services.GetRequiredService<IConnectionCheck>().CheckAsync(TestContext.Current.CancellationToken);
        Assert.True(health.Ok, health.Message);
        Assert.Contains("'write'", health.Allowed["siem.update_alert"], StringComparison.Ordinal);
        Assert.Equal(world.Connection.Actions.Keys.Order(), health.Allowed.Keys.Order());
        await world.Connection.FailsAsync(new UpdateAlert(Alert, "closed"), FailureKind.Forbidden);
    }

    [Fact]
    public async Task A_key_that_is_refused_is_told_as_that_and_not_shown()
    {
        await using var world = await ElasticWorlds.OpenAsync(Now, settings: new() { ["ApiKey"] = "canary-key" });
        var failure = await world.Connection.FailsAsync(new GetAlert(Alert), FailureKind.Unauthorized);
        Assert.DoesNotContain("canary", failure.Message, StringComparison.Ordinal);
        Assert.False((await world.Connection.Services.GetRequiredService<IConnectionCheck>().CheckAsync(TestContext.Current.CancellationToken)).Ok);
    }

    [Fact]
    public async Task Every_field_of_the_emulators_alert_that_a_real_one_has_is_of_the_same_kind()
    {
        const string own = """{"@timestamp":"x","kibana.alert.uuid":"x","kibana.alert.rule.name":"x","kibana.alert.severity":"x","kibana.alert.status":"x","kibana.alert.workflow_status":"x"}""";
        var real = Recording.Folder("transcribed") is { } folder
            ? JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(Path.Combine(folder, "kibana-alert-8.1.0-doc1.json"), TestContext.Current.CancellationToken)).GetProperty("_source").GetRawText() : own;
        await using var world = await OpenAsync();
        var ours = (await world.Connection.Services.GetRequiredService<Client.DetectionAlerts>().GetAsync(Alert, TestContext.Current.CancellationToken)).Source;
        var missing = Recording.Form(ours.GetRawText()).Except(Recording.Form(real));
        Assert.Equal(["kibana.alert.workflow_assignee_ids: Array"], missing);
    }

    [Theory]
    [InlineData("Space", "../x")]
    [InlineData("Url", "http://kibana.example")]
    [InlineData("ApiKey", null)]
    public async Task A_wrong_setting_is_named(string setting, string? value) =>
        Assert.Equal($"Connections:it:{setting}", (await Assert.ThrowsAsync<SettingsException>(() => ElasticWorlds.OpenAsync(Now, settings: new() { [setting] = value }))).Setting);
}

public sealed class ElasticWriteBackTests : ProductWriteBackContract
{
    protected override string Alert => "SYSMON-DATA-STAGED-1074-7842";

    protected override string Source => "elastic";

    protected override (string Given, string Kept) Assignee => ("u_mGBROF_q5bmFCATbLXAcCwKa0k8JvONAwSruelyKA5E_0", "u_mGBROF_q5bmFCATbLXAcCwKa0k8JvONAwSruelyKA5E_0");

    protected override (string InProgress, string Resolved) Words => ("in_progress", "closed");

    protected override string? Acting => "/api/note";

    protected override Task<World> OpenAsync(string? overrides = null) => ElasticWorlds.OpenAsync(Now, overrides);

    protected override AtProduct Look(Company company)
    {
        var alert = company.Siem.Alert(Alert);
        return new AtProduct(alert.Status, alert.Owner, [.. alert.Comments.Select(comment => comment.Body)]);
    }
}

internal static class ElasticWorlds
{
    public static Task<World> OpenAsync(DateTimeOffset now, string? overrides = null, ElasticEmulator? emulator = null, Dictionary<string, string?>? settings = null) =>
        EmulatedWorld.OpenAsync(new ElasticConnector(), emulator ?? new ElasticEmulator(), now, overrides, settings);
}
