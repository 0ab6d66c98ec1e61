using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Responder.Connectors.Tests.Bench;
using Responder.Sdk;
using Responder.Sdk.Edr;
using Responder.Sdk.Estate;
using Responder.Sdk.Http;
using Responder.Sdk.Identity;

namespace Responder.Connectors.Mock.Tests;

public sealed class FaultTests
{
    private static readonly DateTimeOffset Now = new(2024, 2, 28, 19, 20, 0, TimeSpan.Zero);
    private static readonly FindHost Find = new("ENG-WS-045");
    private static readonly IsolateHost Isolate = new("4f1c0de2a94b4c7a8e3d6b7f90a1c045");

    [Fact]
    public async Task A_kind_strikes_as_often_as_it_says_after_the_calls_that_pass()
    {
        await using var world = MockWorlds.Open(Now, faults: "[{ action: edr.*, kind: transient, times: 2, after: 1 }]");
        await world.Connection.DoAsync(Find);
        await world.Connection.FailsAsync(Find, FailureKind.Transient);
        await world.Connection.FailsAsync(Isolate, FailureKind.Transient);
        await world.Connection.DoAsync(Find);
        await world.Connection.DoAsync(new FindUser("alexchen@company.com"));
        Assert.Empty(world.Estate.Effects());
    }

    [Fact]
    public async Task Offline_and_rate_limits_are_short_for_their_kinds()
    {
        await using var world = MockWorlds.Open(Now, faults: "[{ action: edr.isolate_host, offline: true }, { action: edr.find_host, retry_after: 5s }]");
        await world.Connection.FailsAsync(Isolate, FailureKind.Offline);
        var limited = await world.Connection.FailsAsync(Find, FailureKind.RateLimited);
        Assert.Equal(TimeSpan.FromSeconds(5), limited.RetryAfter);
    }

    [Fact]
    public async Task Only_calls_with_the_named_inputs_are_struck()
    {
        await using var world = MockWorlds.Open(Now, faults: "[{ action: http.request, with: { method: POST }, kind: forbidden }]");
        Assert.Equal(200, (await world.Connection.ReadAsync(new HttpRequest(Template.Text("/health")))).Status);
        await world.Connection.FailsAsync(new HttpRequest(Template.Text("/blocklist"), "POST"), FailureKind.Forbidden);
    }

    [Fact]
    public async Task A_delay_takes_its_time_and_then_answers()
    {
        var time = new FakeTimeProvider(Now);
        await using var world = MockWorlds.Open(Now, faults: "[{ action: edr.find_host, delay: 30m }]", time: time);
        var call = world.Connection.DoAsync(Find);
        Assert.False(call.IsCompleted);
        time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal("ENG-WS-045", (await call).Value.Hostname);
    }

    [Theory]
    [InlineData("die_before_doing", 0)]
    [InlineData("die_after_doing", 1)]
    public async Task The_process_ends_once_and_not_again_after_the_restart(string when, int done)
    {
        using var folder = new TempFolder();
        var faults = $"[{{ action: edr.isolate_host, do: {when}, times: 1 }}]";
        var deaths = new List<string>();
        void Die(IServiceCollection services) => services.AddSingleton<Crash>(why =>
        {
            deaths.Add(why);
            throw new InvalidOperationException("dead");
        });
        await using (var world = MockWorlds.Open(Now, faults: faults, folder: folder, more: Die))
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => world.Connection.DoAsync(Isolate, world.Connection.Step("isolate")));
            Assert.Equal(done, world.Count("edr.isolate_host"));
        }

        await using var again = MockWorlds.Open(Now, faults: faults, folder: folder, more: Die);
        Assert.Equal(done, again.Count("edr.isolate_host"));
        await again.Connection.DoAsync(Isolate, again.Connection.Step("isolate"));
        Assert.Equal(1, again.Count("edr.isolate_host"));
        Assert.Contains(when, Assert.Single(deaths), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_can_be_made_to_go_wrong_while_it_runs()
    {
        await using var world = MockWorlds.Open(Now);
        await world.Connection.DoAsync(Find);
        world.Estate.AddFaults("[{ action: edr.find_host, kind: unauthorized }]");
        await world.Connection.FailsAsync(Find, FailureKind.Unauthorized);
        Assert.Throws<EstateException>(() => world.Estate.AddFaults("[{ action: edr.find_host, kind: nonsense }]"));
    }
}
