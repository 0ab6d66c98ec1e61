using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Responder.Connectors.Defender.Actions;
using Responder.Connectors.Defender.Emulator;
using Responder.Connectors.Tests.Bench;
using Responder.Sdk;
using Responder.Sdk.Alerts;
using Responder.Sdk.Edr;
using Responder.Sdk.Emulation;

namespace Responder.Connectors.Defender.Tests;

/// <summary>What Defender does differently: orders in each other's way, nothing queued for a machine that is away, permissions by the token's roles, the feed.</summary>
public sealed class DefenderTests
{
    private const string Detection = "ldt:4f1c0de2a94b4c7a8e3d6b7f90a1c045:8590777001";
    private static readonly DateTimeOffset Now = new(2024, 2, 28, 19, 20, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_script_of_the_library_runs_with_its_values_quoted()
    {
        await using var world = await DefenderWorlds.OpenAsync(Now);
        var host = await HostAsync(world);
        var hostile = new Template([new TemplatePart("-Name ", null, false), new TemplatePart(null, "x'; Remove-Item C:\\ -Recurse #", false)]);
        Assert.Equal("hello -Name 'x''; Remove-Item C:\\ -Recurse #'\n", (await world.Connection.ReadAsync(new RunLibraryScript(host, "hello.ps1", hostile))).Output);
        await world.Connection.FailsAsync(new RunLibraryScript(host, "..\\x.ps1"), FailureKind.Invalid);
        await world.Connection.FailsAsync(new RunLibraryScript(host, "none.ps1"), FailureKind.Invalid);
    }

    [Fact]
    public async Task No_script_waits_for_a_machine_that_is_away()
    {
        await using var world = await DefenderWorlds.OpenAsync(Now);
        await world.Connection.FailsAsync(new RunLibraryScript(await HostAsync(world, "SALES-LT-031"), "hello.ps1"), FailureKind.Offline);
        world.Estate.Happen(JsonDocument.Parse("""{"is":"host_connected","host":"SALES-LT-031","online":true}""").RootElement);
        world.Time!.Advance(TimeSpan.FromHours(1));
        Assert.Equal("normal", (await world.Connection.ReadAsync(new FindHost("SALES-LT-031"))).Isolation);
        Assert.Equal(0, world.Count("defender.run_script"));
        Assert.Equal(1, world.Emulator!.Calls.All.Count(call => call.Path.EndsWith("/cancel", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_order_of_somebody_else_that_is_under_way_is_waited_for()
    {
        await using var world = await DefenderWorlds.OpenAsync(Now);
        var host = await HostAsync(world);
        var step = world.Connection.Step("theirs");
        world.Emulator!.Faults.Add(new WireFault { Method = "POST", Path = "/isolate", Do = WireFaultKind.DropAfterDoing, Times = 1 });
        await Assert.ThrowsAsync<ActionFailure>(() => world.Connection.DoAsync(new IsolateHost(host), step));
        var ours = await world.Connection.DoAsync(new IsolateHost(host));
        Assert.Equal((OutcomeKind.AlreadySo, "isolated"), (ours.Kind, ours.Value.Isolation));
        Assert.Equal(1, world.Emulator.Calls.All.Count(call => call.Path.EndsWith("/isolate", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Hosts_are_found_by_tag_by_user_and_page_by_page()
    {
        await using var world = await DefenderWorlds.OpenAsync(Now, emulator: new DefenderEmulator { LongestPage = 2 });
        Assert.Equal(["dc-01"], (await world.Connection.ReadAsync(new FindHosts(Tag: "Tier0"))).Hosts.Select(host => host.Hostname));
        Assert.Equal(["eng-ws-045"], (await world.Connection.ReadAsync(new FindHosts(User: @"COMPANY\alexchen"))).Hosts.Select(host => host.Hostname));
        Assert.Equal(10, (await world.Connection.ReadAsync(new FindHosts())).Count);
        Assert.Equal(0, (await world.Connection.ReadAsync(new FindHosts("x' or startswith(computerDnsName,'"))).Count);
    }

    [Fact]
    public async Task The_check_names_the_permission_that_is_missing_and_why_a_sign_in_is_refused()
    {
        var emulator = new DefenderEmulator();
        emulator.Roles.Remove("Machine.Isolate");
        await using var world = await DefenderWorlds.OpenAsync(Now, emulator: emulator);
        var health = await CheckAsync(world);
        Assert.True(health.Ok, health.Message);
        Assert.Equal(["edr.isolate_host", "edr.release_host"], health.Allowed.Where(one => one.Value is not null).Select(one => one.Key));
        Assert.Contains("Machine.Isolate", health.Allowed["edr.isolate_host"], StringComparison.Ordinal);
        Assert.Equal(world.Connection.Actions.Keys.Order(), health.Allowed.Keys.Order());
        await world.Connection.FailsAsync(new IsolateHost(await HostAsync(world)), FailureKind.Forbidden);

        await using var wrong = await DefenderWorlds.OpenAsync(Now, settings: new() { ["ClientSecret"] = "canary-secret" });
        health = await CheckAsync(wrong);
        Assert.Contains("AADSTS7000215", health.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", health.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_on_a_call_that_acts_is_the_engines()
    {
        await using var world = await DefenderWorlds.OpenAsync(Now);
        var host = await HostAsync(world);
        world.Emulator!.Faults.Add(new WireFault { Method = "POST", Path = "/isolate", Status = 429, RetryAfter = TimeSpan.FromSeconds(9) });
        var failure = await world.Connection.FailsAsync(new IsolateHost(host), FailureKind.RateLimited);
        Assert.Equal((TimeSpan.FromSeconds(9), "TooManyRequests", 0), (failure.RetryAfter, failure.Code, world.Count("edr.isolate_host")));
        Assert.False(string.IsNullOrEmpty(failure.TraceId));
    }

    [Fact]
    public async Task A_target_is_told_with_its_tags()
    {
        await using var world = await DefenderWorlds.OpenAsync(Now);
        var describer = world.Connection.Services.GetRequiredService<ITargetDescriber>();
        var facts = await describer.DescribeAsync(TargetKind.Host, await HostAsync(world, "DC-01"), CancellationToken.None);
        Assert.Equal(("Server", true, "normal"), (facts.Role, facts.Tags.Contains("Tier0"), facts.Details!["isolation"]));
        Assert.Equal(FailureKind.NotFound, (await Assert.ThrowsAsync<ActionFailure>(() => describer.DescribeAsync(TargetKind.Host, new string('f', 40), CancellationToken.None))).Kind);
    }

    [Fact]
    public async Task The_feed_gives_alerts_and_news_is_written_once()
    {
        await using var world = await DefenderWorlds.OpenAsync(Now);
        var feed = world.Connection.Services.GetRequiredService<IAlertFeed>();
        var page = await feed.ReadAsync(new AlertQuery(DateTimeOffset.UnixEpoch), CancellationToken.None);
        Assert.Equal(Detection, Assert.Single(page.Alerts).GetProperty("id").GetString());
        Assert.Null(page.Next);

        var back = world.Connection.Services.GetRequiredService<IAlertWriteBack>();
        var news = new AlertNews("defender", Detection, AlertWork.Resolved, AlertVerdict.FalsePositive, "Nothing. r-1/end", null, "r-1/end", JsonDocument.Parse("{}").RootElement);
        await back.WriteAsync(news, CancellationToken.None);
        await back.WriteAsync(news, CancellationToken.None);
        Assert.Equal(1, world.Emulator!.Calls.Count("PATCH", "/api/alerts/"));
        Assert.Equal("false_positive", (await world.Connection.ReadAsync(new GetDetection(Detection))).Status);
        Assert.Equal(Now, (await feed.ReadAsync(new AlertQuery(Now), CancellationToken.None)).Newest!.Value, TimeSpan.FromMinutes(5));
    }

    [Theory]
    [InlineData("BaseUrl", "https://defender.example.com", "BaseUrl")]
    [InlineData("Cloud", "china", "Cloud")]
    [InlineData("ClientSecret", null, "ClientSecret")]
    [InlineData("Tags", "x", "Tags")]
    public async Task A_setting_that_is_wrong_is_named(string setting, string? value, string named)
    {
        var failure = await Assert.ThrowsAsync<SettingsException>(() => DefenderWorlds.OpenAsync(Now, settings: new() { [setting] = value }));
        Assert.Equal($"Connections:it:{named}", failure.Setting);
    }

    private static async Task<string> HostAsync(World world, string name = "ENG-WS-045") => (await world.Connection.ReadAsync(new FindHost(name))).Id;

    private static Task<Health> CheckAsync(World world) => world.Connection.Services.GetRequiredService<IConnectionCheck>().CheckAsync(CancellationToken.None);
}
