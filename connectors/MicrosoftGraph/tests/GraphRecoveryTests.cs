using Responder.Connectors.Tests.Bench;
using Responder.Sdk;
using Responder.Sdk.Emulation;
using Responder.Sdk.Identity;
using Responder.Sdk.Siem;

namespace Responder.Connectors.MicrosoftGraph.Tests;

/// <summary>An answer that is lost after Graph has done it, by a connection that is cut or one that never answers: each action's recovery rule.</summary>
public sealed class GraphRecoveryTests
{
    private const string Alex = "alexchen@company.com";
    private const string Alert = "SYSMON-DATA-STAGED-1074-7842";
    private static readonly DateTimeOffset Now = new(2024, 2, 28, 19, 20, 0, TimeSpan.Zero);

    public static TheoryData<WireFaultKind> Lost => [WireFaultKind.DropAfterDoing, WireFaultKind.HangAfterDoing];

    [Theory]
    [MemberData(nameof(Lost))]
    public async Task What_sets_a_value_is_repeated_and_finds_it_so(WireFaultKind lost)
    {
        await using var world = await OpenAsync();
        Assert.Equal(OutcomeKind.AlreadySo, await AgainAsync(world, new DisableUser(Alex), lost));
        Assert.Equal(OutcomeKind.AlreadySo, await AgainAsync(world, new EnableUser(Alex), lost));
        Assert.Equal(OutcomeKind.AlreadySo, await AgainAsync(world, new ConfirmCompromised(Alex), lost));
        Assert.Equal(OutcomeKind.AlreadySo, await AgainAsync(world, new DismissRisk(Alex), lost));
        Assert.Equal(OutcomeKind.AlreadySo, await AgainAsync(world, new UpdateAlert(Alert, "in_progress"), lost));
        Assert.All(
            (string[])["identity.disable_user", "identity.enable_user", "identity.confirm_compromised", "identity.dismiss_risk", "siem.update_alert"],
            action => Assert.Equal(1, world.Count(action)));
    }

    [Theory]
    [MemberData(nameof(Lost))]
    public async Task Sessions_are_ended_again_and_another_password_is_set(WireFaultKind lost)
    {
        await using var world = await OpenAsync();
        Assert.Equal(OutcomeKind.Done, await AgainAsync(world, new RevokeSessions(Alex), lost));
        Assert.Equal(OutcomeKind.Done, await AgainAsync(world, new ResetPassword(Alex), lost));
        Assert.Equal((2, 2), (world.Count("identity.revoke_sessions"), world.Count("identity.reset_password")));
        var sent = world.Emulator!.Calls.All.Where(call => call.Body?.Contains("passwordProfile", StringComparison.Ordinal) == true).Select(call => call.Body).ToList();
        Assert.Equal(2, sent.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Lost))]
    public async Task A_comment_is_found_by_its_mark(WireFaultKind lost)
    {
        await using var world = await OpenAsync();
        var (comment, step) = (new CommentAlert(Alert, "SOC-142"), world.Connection.Step("note"));
        await LosesAsync(world, comment, step, lost);
        Assert.Equal(ProbeVerdict.Happened, (await world.Connection.ProbeAsync(comment, step)).Verdict);
        Assert.Equal(ProbeVerdict.NotHappened, (await world.Connection.ProbeAsync(comment, world.Connection.Step("other"))).Verdict);
        Assert.Equal(1, world.Count("siem.comment_alert"));
    }

    [Fact]
    public async Task An_update_with_a_comment_that_was_half_done_is_completed_and_nothing_is_there_twice()
    {
        await using var world = await OpenAsync();
        var (update, step) = (new UpdateAlert(Alert, "in_progress", Comment: "SOC-142"), world.Connection.Step("update"));
        world.Emulator!.Faults.Add(new WireFault { Method = "POST", Path = "/comments", Do = WireFaultKind.DropAfterDoing, Times = 1 });
        Assert.Equal(FailureKind.Unknown, (await Assert.ThrowsAsync<ActionFailure>(() => world.Connection.DoAsync(update, step))).Kind);
        Assert.Equal(OutcomeKind.AlreadySo, (await world.Connection.DoAsync(update, step)).Kind);
        Assert.Equal((1, 1), (world.Count("siem.update_alert"), world.Count("siem.comment_alert")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task With_one_call_in_five_failing_each_effect_is_there_once(int seed)
    {
        await using var world = await OpenAsync();
        world.Emulator!.Faults.Add(Stubborn.OneInFive(seed));
        Assert.False((await world.InsistAsync(new DisableUser(Alex), "disable")).Enabled);
        Assert.Equal("high", (await world.InsistAsync(new ConfirmCompromised(Alex), "risk")).Risk);
        await world.InsistAsync(new RevokeSessions(Alex), "revoke");
        await world.InsistAsync(new ResetPassword(Alex), "password");
        await world.InsistAsync(new UpdateAlert(Alert, "in_progress", "mlee@company.com", "SOC-142"), "update");
        await world.InsistAsync(new CommentAlert(Alert, "done"), "note");
        Assert.Equal((1, 1, 1, 2), (world.Count("identity.disable_user"), world.Count("identity.confirm_compromised"), world.Count("siem.update_alert"), world.Count("siem.comment_alert")));
        Assert.Equal((0, true), world.Estate.Read(company => (company.Identity.User(Alex).Sessions, company.Identity.User(Alex).MustChangePassword)));
        Assert.Contains(world.Emulator.Calls.All, call => call.Fault is not null);
    }

    [Fact]
    public async Task Nothing_is_sent_where_the_last_gate_says_no()
    {
        await using var world = await OpenAsync();
        var failure = await Assert.ThrowsAsync<ActionFailure>(() => world.Connection.DoAsync(new DisableUser(Alex), world.Connection.Step(mayAct: false)));
        Assert.Equal("stopped_at_gate", failure.Code);
        Assert.Equal(0, world.Emulator!.Calls.Count("PATCH", "/v1.0/users"));
    }

    private static async Task<OutcomeKind> AgainAsync<TResult>(World world, IAction<TResult> action, WireFaultKind lost)
    {
        var step = world.Connection.Step(action.GetType().Name);
        await LosesAsync(world, action, step, lost);
        return (await world.Connection.DoAsync(action, step)).Kind;
    }

    private static async Task LosesAsync<TResult>(World world, IAction<TResult> action, BenchContext step, WireFaultKind lost)
    {
        world.Emulator!.Faults.Add(new WireFault { Method = "acts", Path = "/v1.0/", Do = lost, Times = 1 });
        Assert.Equal(FailureKind.Unknown, (await Assert.ThrowsAsync<ActionFailure>(() => world.Connection.DoAsync(action, step))).Kind);
    }

    private static Task<World> OpenAsync() => GraphWorlds.OpenAsync(Now, settings: new() { ["TimeoutSeconds"] = "2" });
}
