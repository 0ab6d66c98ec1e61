using Responder.Sdk;
using Responder.Sdk.Identity;

namespace Responder.Connectors.Tests.Contracts;

/// <summary>The cloud directory.</summary>
public abstract class IdentityContract : ContractSuite
{
    private const string Alex = "alexchen@company.com";

    [Fact]
    public async Task A_user_is_found_with_the_manager()
    {
        await using var world = await OpenAsync();
        var user = await world.Connection.ReadAsync(new FindUser("AlexChen@company.com"));
        Assert.Equal(("Alex Chen", "Engineering", "mlee@company.com", true, true), (user.Name, user.Department, user.Manager, user.Enabled, user.OnPremisesSynced));
        Assert.Equal(user, await world.Connection.ReadAsync(new FindUser(user.Id)));
        await world.Connection.FailsAsync(new FindUser("ghost@company.com"), FailureKind.NotFound);
    }

    [Fact]
    public async Task Groups_are_listed_with_what_they_are_in_and_what_gives_rights()
    {
        await using var world = await OpenAsync();
        var alex = await world.Connection.ReadAsync(new ListGroups(Alex));
        Assert.Equal(["All Staff", "Engineering", "ProjectX"], alex.Groups.Order(StringComparer.Ordinal));
        Assert.Empty(alex.Privileged);
        var admin = await world.Connection.ReadAsync(new ListGroups("adm-rkhan@company.com"));
        Assert.Contains("Privileged Access", admin.Privileged);
        Assert.Contains("Global Administrator", admin.Privileged);
    }

    [Fact]
    public async Task Sign_ins_are_newest_first_and_none_is_of_tomorrow()
    {
        await using var world = await OpenAsync();
        var found = await world.Connection.ReadAsync(new ListSignIns(Alex));
        Assert.Equal(3, found.Count);
        Assert.Equal(["RO", "US"], found.Countries);
        Assert.Equal("Bucharest", found.SignIns[0].City);
        Assert.Equal(1, (await world.Connection.ReadAsync(new ListSignIns(Alex, Now.AddHours(-2)))).Count);
        Assert.Equal(0, (await world.Connection.ReadAsync(new ListSignIns("slopez@company.com"))).Count);
    }

    [Fact]
    public async Task Who_has_but_a_password_has_no_second_factor()
    {
        await using var world = await OpenAsync();
        Assert.False((await world.Connection.ReadAsync(new ListMfaMethods(Alex))).HasMfa);
        Assert.True((await world.Connection.ReadAsync(new ListMfaMethods("pnovak@company.com"))).HasMfa);
    }

    [Fact]
    public async Task An_account_is_barred_once_and_let_in_again()
    {
        await using var world = await OpenAsync();
        Assert.True((await world.Connection.BeforeAsync(new DisableUser(Alex)))!.Free);
        var done = await world.Connection.DoAsync(new DisableUser(Alex));
        Assert.Equal((OutcomeKind.Done, false, true), (done.Kind, done.Value.Enabled, done.Value.OnPremisesSynced));
        Assert.Equal(OutcomeKind.AlreadySo, (await world.Connection.DoAsync(new DisableUser(Alex))).Kind);
        Assert.False((await world.Connection.BeforeAsync(new DisableUser(Alex)))!.Free);
        Assert.False((await world.Connection.ReadAsync(new FindUser(Alex))).Enabled);
        Assert.True((await world.Connection.DoAsync(new EnableUser(Alex))).Value.Enabled);
        Assert.Equal((1, 1), (world.Count("identity.disable_user"), world.Count("identity.enable_user")));
    }

    [Fact]
    public async Task Risk_is_confirmed_and_dismissed()
    {
        await using var world = await OpenAsync();
        Assert.Equal("high", (await world.Connection.DoAsync(new ConfirmCompromised(Alex))).Value.Risk);
        Assert.Equal(OutcomeKind.AlreadySo, (await world.Connection.DoAsync(new ConfirmCompromised(Alex))).Kind);
        Assert.Equal("none", (await world.Connection.DoAsync(new DismissRisk(Alex))).Value.Risk);
        Assert.Equal((1, 1), (world.Count("identity.confirm_compromised"), world.Count("identity.dismiss_risk")));
    }

    [Fact]
    public async Task Sessions_end_and_a_password_is_set_that_nobody_sees()
    {
        await using var world = await OpenAsync();
        await world.Connection.DoAsync(new RevokeSessions(Alex));
        var reset = await world.Connection.DoAsync(new ResetPassword(Alex));
        Assert.Equal((true, true), (reset.Value.MustChange, reset.Value.OnPremisesSynced));
        Assert.Equal((0, true), world.Estate.Read(company => (company.Identity.User(Alex).Sessions, company.Identity.User(Alex).MustChangePassword)));
        Assert.Equal((1, 1), (world.Count("identity.revoke_sessions"), world.Count("identity.reset_password")));
        await world.Connection.FailsAsync(new ResetPassword("ghost@company.com"), FailureKind.NotFound);
    }
}
