using System.Text.Json;
using Responder.Connectors.Tests.Bench;
using Responder.Connectors.Tests.Contracts;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Mock.Tests;

public sealed class MockFeedTests : AlertFeedContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => Task.FromResult(MockWorlds.Open(HalfPast, overrides));

    protected override string Plant(IReadOnlyList<Planted> alerts) =>
        "siem:\n  alerts:\n" + string.Join('\n', alerts.Select(one => $"    {one.Id}: {{ title: Data staged, at: {At(one)} }}"));

    protected override string IdOf(JsonElement document) => document.GetProperty("source_id").GetString()!;
}

public sealed class MockWriteBackTests : AlertWriteBackContract
{
    protected override string Alert => "SYSMON-DATA-STAGED-1074-7842";

    protected override string Source => "generic";

    protected override (string InProgress, string Resolved) Words => ("in_progress", "resolved");

    protected override Task<World> OpenAsync(string? overrides = null) => Task.FromResult(MockWorlds.Open(Now, overrides));

    protected override AtProduct Look(Company company)
    {
        var alert = company.Siem.Alert(Alert);
        return new AtProduct(alert.Status, alert.Owner, [.. alert.Comments.Select(comment => comment.Body)]);
    }
}

public sealed class MockRestTests : AlertRestContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => Task.FromResult(MockWorlds.Open(Now, overrides));
}
