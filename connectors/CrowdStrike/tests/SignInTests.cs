using Responder.Connectors.CrowdStrike.Emulator;
using Responder.Connectors.CrowdStrike.Falcon;
using Responder.Sdk;
using Responder.Sdk.Edr;
using Responder.Sdk.Emulation;
using Responder.Sdk.Rest;

namespace Responder.Connectors.CrowdStrike.Tests;

/// <summary>The token, the clouds, the limits.</summary>
public sealed class SignInTests
{
    private static readonly DateTimeOffset Now = new(2024, 2, 28, 19, 20, 0, TimeSpan.Zero);
    private static readonly FindHost Find = new("ENG-WS-045");

    [Theory]
    [InlineData("https://api.us-2.crowdstrike.com/oauth2/token", "https://api.us-2.crowdstrike.com/")]
    [InlineData("https://api.laggar.gcw.crowdstrike.com/oauth2/token?x=1", "https://api.laggar.gcw.crowdstrike.com/")]
    [InlineData("https://api.crowdstrike.com.evil.example/oauth2/token", null)]
    [InlineData("https://evil-api.crowdstrike.com/oauth2/token", null)]
    [InlineData("https://api.us-2.crowdstrike.com:8443/oauth2/token", null)]
    [InlineData("https://api.us-2.crowdstrike.com@evil.example/oauth2/token", null)]
    [InlineData("http://api.us-2.crowdstrike.com/oauth2/token", null)]
    [InlineData("https://127.0.0.1/oauth2/token", null)]
    public void A_redirect_leads_to_our_own_address_of_a_known_cloud_or_nowhere(string location, string? cloud) =>
        Assert.Equal(cloud, FalconClouds.At(new Uri(location))?.ToString());

    [Theory]
    [InlineData("https://evil.example/oauth2/token")]
    [InlineData("/oauth2/token")]
    [InlineData("")]
    public async Task The_secret_is_sent_to_no_other_address(string location)
    {
        await using var world = await FalconWorlds.OpenAsync(Now, emulator: new FalconEmulator { Elsewhere = location });
        var failure = await world.Connection.FailsAsync(Find, FailureKind.Unauthorized);
        Assert.Equal("unknown_host", failure.Code);
        Assert.Contains("was not sent there", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, world.Emulator!.Calls.Count("POST", "/"));
    }

    [Theory]
    [InlineData("ClientId")]
    [InlineData("ClientSecret")]
    public async Task A_credential_that_is_refused_is_told_without_the_secret(string setting)
    {
        await using var world = await FalconWorlds.OpenAsync(Now, settings: new Dictionary<string, string?> { [setting] = "canary-7f3a" });
        var failure = await world.Connection.FailsAsync(Find, FailureKind.Unauthorized);
        Assert.Contains("Check ClientId, ClientSecret", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(setting == "ClientSecret" ? "canary" : world.Emulator!.Settings["ClientSecret"]!, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_token_serves_many_calls_until_it_is_old_and_a_refused_one_is_renewed_once()
    {
        var emulator = new FalconEmulator();
        await using var world = await FalconWorlds.OpenAsync(Now, emulator: emulator);
        await world.Connection.ReadAsync(Find);
        await world.Connection.ReadAsync(Find);
        Assert.Equal(1, Tokens());

        world.Time!.Advance(TimeSpan.FromMinutes(29));
        await world.Connection.ReadAsync(Find);
        Assert.Equal(2, Tokens());

        emulator.Tokens.RevokeAll();
        await world.Connection.ReadAsync(Find);
        Assert.Equal(3, Tokens());

        int Tokens() => world.Emulator!.Calls.Count("POST", "/oauth2/token");
    }

    [Fact]
    public async Task A_call_that_acts_and_meets_a_stale_token_was_certainly_not_done()
    {
        var emulator = new FalconEmulator();
        await using var world = await FalconWorlds.OpenAsync(Now, emulator: emulator);
        var host = (await world.Connection.ReadAsync(Find)).Id;
        var step = world.Connection.Step(atGate: emulator.Tokens.RevokeAll);
        var failure = await Assert.ThrowsAsync<ActionFailure>(() => world.Connection.DoAsync(new IsolateHost(host), step));
        Assert.Equal(FailureKind.Transient, failure.Kind);
        Assert.Equal(0, world.Count("edr.isolate_host"));
        Assert.Equal(OutcomeKind.Done, (await world.Connection.DoAsync(new IsolateHost(host))).Kind);
    }

    [Fact]
    public async Task A_rate_limit_names_a_time_and_not_how_long()
    {
        await using var world = await FalconWorlds.OpenAsync(Now);
        var host = (await world.Connection.ReadAsync(Find)).Id;
        world.Emulator!.Faults.Add(new WireFault { Method = "POST", Path = "devices-actions", Status = 429, RetryAfter = TimeSpan.FromSeconds(40), Times = 1 });
        var failure = await world.Connection.FailsAsync(new IsolateHost(host), FailureKind.RateLimited);
        Assert.InRange(failure.RetryAfter!.Value, TimeSpan.FromSeconds(39), TimeSpan.FromSeconds(42));

        // All calls of the connection wait for it: a read that is put off so long is the engine's to put off.
        Assert.Equal(FailureKind.RateLimited, (await Assert.ThrowsAsync<ActionFailure>(() => world.Connection.DoAsync(Find))).Kind);
        world.Time!.Advance(TimeSpan.FromSeconds(45));
        Assert.Equal(OutcomeKind.Done, (await world.Connection.DoAsync(new IsolateHost(host))).Kind);
    }

    [Theory]
    [InlineData(30, 30)]
    [InlineData(-100, 1)]
    [InlineData(86_400, 300)]
    public void A_limit_that_lies_in_the_past_or_far_ahead_is_brought_to_reason(int ahead, int waits)
    {
        var answer = new RestAnswer
        {
            Call = "GET /x", Url = new Uri("https://api.crowdstrike.com/x"), Status = 429, Acts = false, Body = default,
            Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["X-RateLimit-RetryAfter"] = (Now.ToUnixTimeSeconds() + ahead).ToString(System.Globalization.CultureInfo.InvariantCulture) },
        };
        Assert.Equal(TimeSpan.FromSeconds(waits), new FalconDialect().RetryAfter(answer, Now));
    }

    [Theory]
    [InlineData("ENG-WS")]
    [InlineData("ENG*")]
    [InlineData("*045")]
    [InlineData("x'+hostname:'DC-01")]
    [InlineData("x',hostname:'DC-01")]
    [InlineData(@"x\',hostname:'DC-01")]
    public async Task A_host_is_found_by_its_whole_name_alone(string name)
    {
        await using var world = await FalconWorlds.OpenAsync(Now);
        var failure = await Assert.ThrowsAsync<ActionFailure>(() => world.Connection.DoAsync(new FindHost(name)));
        Assert.True(failure.Kind is FailureKind.NotFound or FailureKind.Invalid, failure.Message);
    }
}
