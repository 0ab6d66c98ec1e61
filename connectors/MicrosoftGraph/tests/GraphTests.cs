using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Responder.Connectors.MicrosoftGraph.Emulator;
using Responder.Connectors.Tests.Bench;
using Responder.Sdk;
using Responder.Sdk.Alerts;
using Responder.Sdk.Emulation;
using Responder.Sdk.Identity;

namespace Responder.Connectors.MicrosoftGraph.Tests;

/// <summary>What Graph does differently: permissions by the token's roles, pages, limits, administrators, users from on premises, the feed.</summary>
public sealed class GraphTests
{
    private const string Alex = "alexchen@company.com";
    private const string Alert = "SYSMON-DATA-STAGED-1074-7842";
    private static readonly DateTimeOffset Now = new(2024, 2, 28, 19, 20, 0, TimeSpan.Zero);

    [Fact]
    public async Task Pages_are_read_to_the_end()
    {
        await using var world = await GraphWorlds.OpenAsync(Now, emulator: new GraphEmulator { LongestPage = 1 });
        Assert.Equal(3, (await world.Connection.ReadAsync(new ListSignIns(Alex))).Count);
        Assert.Equal(3, (await world.Connection.ReadAsync(new ListGroups(Alex))).Groups.Count);
        Assert.Equal(2, (await world.Connection.ReadAsync(new ListSignIns(Alex, Limit: 2))).Count);
    }

    [Fact]
    public async Task A_user_is_found_by_the_account_name_on_premises_and_a_quote_in_a_name_is_a_quote()
    {
        await using var world = await GraphWorlds.OpenAsync(Now);
        Assert.Equal(Alex, (await world.Connection.ReadAsync(new FindUser("alexchen"))).Upn);
        Assert.Equal(Alex, (await world.Connection.ReadAsync(new FindUser(@"COMPANY\alexchen"))).Upn);
        await world.Connection.FailsAsync(new FindUser("x' or accountEnabled eq true or mail eq '"), FailureKind.NotFound);
        await world.Connection.FailsAsync(new FindUser("x' or accountEnabled eq true or mail eq 'y@z"), FailureKind.NotFound);
        await world.Connection.FailsAsync(new FindUser("../organization"), FailureKind.NotFound);
    }

    [Fact]
    public async Task A_missing_permission_for_the_password_leaves_the_account_disabled_all_the_same()
    {
        var emulator = new GraphEmulator();
        emulator.Roles.Remove("User-PasswordProfile.ReadWrite.All");
        await using var world = await GraphWorlds.OpenAsync(Now, emulator: emulator);
        Assert.False((await world.Connection.DoAsync(new DisableUser(Alex))).Value.Enabled);
        var failure = await world.Connection.FailsAsync(new ResetPassword(Alex), FailureKind.Forbidden);
        Assert.Equal("Authorization_RequestDenied", failure.Code);
        Assert.False(string.IsNullOrEmpty(failure.TraceId));
        Assert.Equal((1, 0), (world.Count("identity.disable_user"), world.Count("identity.reset_password")));
    }

    [Fact]
    public async Task An_administrator_is_out_of_reach_without_a_directory_role()
    {
        var emulator = new GraphEmulator();
        await using var world = await GraphWorlds.OpenAsync(Now, emulator: emulator);
        await world.Connection.FailsAsync(new DisableUser("adm-rkhan@company.com"), FailureKind.Forbidden);
        emulator.ActsOnAdministrators = true;
        Assert.False((await world.Connection.DoAsync(new DisableUser("adm-rkhan@company.com"))).Value.Enabled);
    }

    [Fact]
    public async Task A_limit_on_a_call_that_acts_is_the_engines_and_one_on_a_read_is_waited_for()
    {
        await using var world = await GraphWorlds.OpenAsync(Now);
        world.Emulator!.Faults.Add(
            new WireFault { Method = "PATCH", Status = 429, RetryAfter = TimeSpan.FromSeconds(7), Times = 1 }, new WireFault { Method = "GET", Status = 429, RetryAfter = TimeSpan.FromSeconds(3), Times = 1 });
        var failure = await world.Connection.FailsAsync(new DisableUser(Alex), FailureKind.RateLimited);
        Assert.Equal(TimeSpan.FromSeconds(7), failure.RetryAfter);
        Assert.Equal(1, world.Emulator.Calls.Count("PATCH", "/v1.0/users"));
        Assert.Equal(0, world.Count("identity.disable_user"));
    }

    [Fact]
    public async Task A_token_that_is_refused_is_fetched_anew_once_for_a_read_and_by_the_next_attempt_for_a_call_that_acts()
    {
        var emulator = new GraphEmulator();
        await using var world = await GraphWorlds.OpenAsync(Now, emulator: emulator);
        await world.Connection.ReadAsync(new FindUser(Alex));
        emulator.Desk.Tokens.RevokeAll();
        await world.Connection.ReadAsync(new FindUser(Alex));
        Assert.Equal(2, world.Emulator!.Calls.Count("POST", $"/{emulator.Desk.Tenant}/oauth2"));
        var step = world.Connection.Step(atGate: emulator.Desk.Tokens.RevokeAll);
        Assert.Equal(FailureKind.Transient, (await Assert.ThrowsAsync<ActionFailure>(() => world.Connection.DoAsync(new DisableUser(Alex), step))).Kind);
        Assert.Equal(OutcomeKind.Done, (await world.Connection.DoAsync(new DisableUser(Alex))).Kind);
    }

    [Fact]
    public async Task The_check_names_the_permission_that_is_missing()
    {
        var emulator = new GraphEmulator();
        emulator.Roles.Remove("IdentityRiskyUser.ReadWrite.All");
        await using var world = await GraphWorlds.OpenAsync(Now, emulator: emulator);
        var health = await CheckAsync(world);
        Assert.True(health.Ok, health.Message);
        Assert.Contains(emulator.Desk.Tenant, health.Message, StringComparison.Ordinal);
        Assert.Contains("IdentityRiskyUser.ReadWrite.All", health.Allowed["identity.confirm_compromised"], StringComparison.Ordinal);
        Assert.Equal(["identity.confirm_compromised", "identity.dismiss_risk"], health.Allowed.Where(one => one.Value is not null).Select(one => one.Key));
        Assert.Equal(world.Connection.Actions.Keys.Order(), health.Allowed.Keys.Order());
    }

    [Theory]
    [InlineData("ClientSecret", "canary-secret", "AADSTS7000215")]
    [InlineData("TenantId", "00000000-0000-4000-8000-00000000dead", "AADSTS90002")]
    [InlineData("ClientId", "00000000-0000-4000-8000-00000000dead", "AADSTS700016")]
    public async Task A_sign_in_that_is_refused_says_why_and_no_secret(string setting, string value, string code)
    {
        await using var world = await GraphWorlds.OpenAsync(Now, settings: new() { [setting] = value });
        var health = await CheckAsync(world);
        Assert.False(health.Ok);
        Assert.Contains(code, health.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", health.Message, StringComparison.Ordinal);
        Assert.Equal(code, (await world.Connection.FailsAsync(new FindUser(Alex), FailureKind.Unauthorized)).Code);
    }

    [Fact]
    public async Task A_target_is_told_with_what_gives_it_rights()
    {
        await using var world = await GraphWorlds.OpenAsync(Now, settings: new() { ["Tags:break-glass:0"] = "breakglass-01@company.com", ["Tags:operators:0"] = "Cloud Operators" });
        var describer = world.Connection.Services.GetRequiredService<ITargetDescriber>();
        var admin = await describer.DescribeAsync(TargetKind.User, "adm-rkhan@company.com", CancellationToken.None);
        Assert.Equal(("Global Administrator", true), (admin.Role, admin.Tags.Order().SequenceEqual(["operators", "privileged"])));
        Assert.Contains("break-glass", (await describer.DescribeAsync(TargetKind.User, "breakglass-01@company.com", CancellationToken.None)).Tags);
        var alex = await describer.DescribeAsync(TargetKind.User, Alex, CancellationToken.None);
        Assert.Equal(("mlee@company.com", "yes"), (alex.Owner, alex.Details!["on_premises_synced"]));
        Assert.Empty(alex.Tags);
    }

    [Fact]
    public async Task The_feed_gives_what_changed_the_oldest_change_first_and_page_by_page()
    {
        await using var world = await GraphWorlds.OpenAsync(new DateTimeOffset(2024, 3, 12, 10, 0, 0, TimeSpan.Zero), emulator: new GraphEmulator { LongestPage = 1 });
        var feed = world.Connection.Services.GetRequiredService<IAlertFeed>();
        var first = await feed.ReadAsync(new AlertQuery(DateTimeOffset.UnixEpoch, Limit: 2), CancellationToken.None);
        Assert.Equal([Alert, "NOTABLE-TRAVEL-2203"], first.Alerts.Select(alert => alert.GetProperty("id").GetString()));
        Assert.Equal(Now.AddMinutes(-5).AddSeconds(33).AddMilliseconds(0), first.Alerts[0].GetProperty("createdDateTime").GetDateTimeOffset());
        var second = await feed.ReadAsync(new AlertQuery(DateTimeOffset.UnixEpoch, first.Next, 2), CancellationToken.None);
        Assert.Equal(["NOTABLE-RANSOM-3118"], second.Alerts.Select(alert => alert.GetProperty("id").GetString()));
        Assert.Null(second.Next);
        Assert.Empty((await feed.ReadAsync(new AlertQuery(second.Newest!.Value.AddSeconds(1)), CancellationToken.None)).Alerts);
    }

    [Fact]
    public async Task News_is_written_once_however_often_it_is_told()
    {
        await using var world = await GraphWorlds.OpenAsync(Now);
        var back = world.Connection.Services.GetRequiredService<IAlertWriteBack>();
        var news = new AlertNews("graph", Alert, AlertWork.Resolved, AlertVerdict.TruePositive, "Contained. r-1/end", "mlee@company.com", "r-1/end", JsonDocument.Parse("{}").RootElement);
        await back.WriteAsync(news, CancellationToken.None);
        await back.WriteAsync(news, CancellationToken.None);
        var alert = world.Estate.Read(company => company.Siem.Alert(Alert));
        Assert.Equal(("resolved", "mlee@company.com", "Contained. r-1/end"), (alert.Status, alert.Owner, Assert.Single(alert.Comments).Body));
        Assert.Equal((1, 1), (world.Emulator!.Calls.Count("PATCH", "/v1.0/security/alerts_v2/"), world.Emulator.Calls.Count("POST", "/v1.0/security/alerts_v2/")));
        Assert.Equal(FailureKind.NotFound, (await Assert.ThrowsAsync<ActionFailure>(() => back.WriteAsync(news with { SourceId = "none" }, CancellationToken.None))).Kind);
    }

    private static Task<Health> CheckAsync(World world) => world.Connection.Services.GetRequiredService<IConnectionCheck>().CheckAsync(CancellationToken.None);
}
