using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Responder.Connectors.Splunk.Emulator;
using Responder.Connectors.Tests.Bench;
using Responder.Connectors.Tests.Contracts;
using Responder.Sdk;
using Responder.Sdk.Alerts;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Splunk.Tests;

public sealed class SplunkFeedTests : ProductFeedContract
{
    protected override bool TellsChanges => false;

    protected override Task<World> OpenAsync(string? overrides = null) => EmulatedWorld.OpenAsync(new SplunkConnector(), new SplunkEmulator(), HalfPast, overrides);

    protected override string Plant(IReadOnlyList<Planted> alerts) =>
        "siem:\n  alerts:\n" + string.Join('\n', alerts.Select(one => $"    {one.Id}: {{ title: Data staged, at: {At(one)} }}"));

    protected override string IdOf(JsonElement document) => document.GetProperty("result").GetProperty("event_id").GetString()!;

    protected override void Change(MockEstate estate, string id) => estate.Do(new EffectBy("world.alert_changed", id), _ => new AlertChanged(id, "in_progress"));
}

public sealed class SplunkWriteBackTests : ProductWriteBackContract
{
    protected override string Alert => "SYSMON-DATA-STAGED-1074-7842";

    protected override string Source => "splunk";

    protected override (string Given, string Kept) Assignee => ("mlee", "mlee");

    protected override (string InProgress, string Resolved) Words => ("in_progress", "resolved");

    protected override string? Acting => "/services/notable_update";

    protected override Task<World> OpenAsync(string? overrides = null) => EmulatedWorld.OpenAsync(new SplunkConnector(), new SplunkEmulator(), Now, overrides);

    protected override JsonElement RawOf(string id) => JsonSerializer.SerializeToElement(new { result = new { event_id = id } });

    protected override AtProduct Look(Company company)
    {
        var alert = company.Siem.Alert(Alert);
        return new AtProduct(alert.Status, alert.Owner, [.. alert.Comments.Select(comment => comment.Body)]);
    }

    [Fact]
    public async Task An_alert_of_a_saved_search_is_kept_nowhere_and_nothing_is_called()
    {
        await using var world = await OpenAsync();
        await WriteAsync(world, Start() with { SourceId = "scheduler__1/ab12", Raw = JsonSerializer.Deserialize<JsonElement>("""{"sid":"scheduler__1","result":{"event_id":"4688"}}""") });
        Assert.Empty(world.Emulator!.Calls.All);
    }
}

public sealed class SplunkRestTests : AlertRestContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => EmulatedWorld.OpenAsync(new SplunkConnector(), new SplunkEmulator(), Now, overrides);

    [Theory]
    [InlineData("../../authentication/users/admin")]
    [InlineData("..")]
    [InlineData("a/control?action=cancel")]
    [InlineData("a%2f..%2fb")]
    [InlineData("a b")]
    [InlineData("a\r\nX: y")]
    public async Task A_sid_that_is_a_path_is_asked_of_nobody(string sid)
    {
        await using var world = await OpenAsync();
        var rest = world.Connection.Services.GetRequiredService<IAlertRest>();
        Assert.Equal(FailureKind.Invalid, (await Assert.ThrowsAsync<ActionFailure>(() => rest.FetchAsync(sid, Delivered(sid), TestContext.Current.CancellationToken))).Kind);
        Assert.Empty(world.Emulator!.Calls.All);
    }
}
