using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Responder.Connectors.Tests.Bench;
using Responder.Sdk;
using Responder.Sdk.Edr;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Mock.Tests;

public sealed class SettingsTests
{
    private static readonly DateTimeOffset Now = new(2024, 2, 28, 19, 20, 0, TimeSpan.Zero);

    private static SettingsException Refused(string name, string value)
    {
        using var folder = new TempFolder();
        return Assert.Throws<SettingsException>(() => new ConnectionBench(new MockConnector(), folder.Path, new FakeTimeProvider(Now), new Dictionary<string, string?> { [name] = value }));
    }

    [Theory]
    [InlineData("Estate", "/no/such/estate.yaml", "/no/such/estate.yaml")]
    [InlineData("Overrides", "{ hosts: { X: { colour: red } } }", "colour")]
    [InlineData("Overrides", "{ hosts: [", "Overrides")]
    [InlineData("Faults", "{ action: x }", "list")]
    [InlineData("Faults", "[{ action: x, kind: nonsense }]", "faults")]
    [InlineData("Override", "{ }", "did you mean Overrides")]
    public void What_is_wrong_is_said_at_start_with_its_name(string name, string value, string says) =>
        Assert.Contains(says, Refused(name, value).Message, StringComparison.Ordinal);

    [Fact]
    public async Task An_estate_of_ones_own_and_overrides_are_files_or_the_text_itself()
    {
        using var folder = new TempFolder();
        var estate = Path.Combine(folder.Path, "own.yaml");
        await File.WriteAllTextAsync(estate, "hosts: { ONE: { }, TWO: { online: false } }", TestContext.Current.CancellationToken);
        var overrides = Path.Combine(folder.Path, "overrides.yaml");
        await File.WriteAllTextAsync(overrides, "hosts: { TWO: { online: true }, THREE: { } }", TestContext.Current.CancellationToken);
        await using var bench = new ConnectionBench(
            new MockConnector(), folder.Path, new FakeTimeProvider(Now), new Dictionary<string, string?> { ["Estate"] = estate, ["Overrides"] = overrides });
        Assert.Equal(3, (await bench.ReadAsync(new FindHosts())).Count);
        Assert.True((await bench.ReadAsync(new FindHost("TWO"))).Online);
        Assert.Matches("^[0-9a-f]{32}$", (await bench.ReadAsync(new FindHost("THREE"))).Id);
    }

    [Fact]
    public async Task Two_connections_of_a_folder_share_the_company_and_other_settings_are_refused()
    {
        using var folder = new TempFolder();
        await using var edr = MockWorlds.Open(Now, folder: folder);
        await using var other = MockWorlds.Open(Now, folder: folder);
        Assert.Same(edr.Estate, other.Estate);
        Assert.Throws<EstateException>(() => MockWorlds.Open(Now, "{ hosts: { X: { } } }", folder: folder));
    }

    [Fact]
    public async Task The_check_says_who_is_there_and_that_all_is_allowed()
    {
        await using var world = MockWorlds.Open(Now);
        var health = await world.Connection.Services.GetRequiredService<IConnectionCheck>().CheckAsync(CancellationToken.None);
        Assert.True(health.Ok);
        Assert.All(health.Allowed, action => Assert.Null(action.Value));
        Assert.Equal(world.Connection.Actions.Keys.Order(StringComparer.Ordinal), health.Allowed.Keys.Order(StringComparer.Ordinal));
    }
}
