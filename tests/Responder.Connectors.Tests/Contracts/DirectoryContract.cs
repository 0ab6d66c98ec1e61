using Responder.Sdk;
using Responder.Sdk.Directory;

namespace Responder.Connectors.Tests.Contracts;

/// <summary>The directory on premises.</summary>
public abstract class DirectoryContract : ContractSuite
{
    [Theory]
    [InlineData("alexchen")]
    [InlineData(@"COMPANY\AlexChen")]
    [InlineData("alexchen@company.com")]
    [InlineData("CN=Alex Chen,OU=Engineering,OU=Staff,DC=company,DC=com")]
    public async Task A_user_is_found_by_any_of_the_names(string name)
    {
        await using var world = await OpenAsync();
        var user = await world.Connection.ReadAsync(new FindDirectoryUser(name));
        Assert.Equal(("alexchen", "Alex Chen", true), (user.Account, user.Name, user.Enabled));
        Assert.StartsWith("S-1-5-21-", user.Sid, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("alexchen)(objectClass=*")]
    [InlineData("nobody")]
    public async Task A_name_is_a_name_and_no_filter(string name)
    {
        await using var world = await OpenAsync();
        await world.Connection.FailsAsync(new FindDirectoryUser(name), FailureKind.NotFound);
        await world.Connection.FailsAsync(new DisableDirectoryUser(name), FailureKind.NotFound);
    }

    [Fact]
    public async Task Rights_by_nesting_are_seen()
    {
        await using var world = await OpenAsync();
        var admin = await world.Connection.ReadAsync(new ListDirectoryGroups("adm-rkhan"));
        Assert.Contains("Domain Admins", admin.Groups);
        Assert.Contains("Domain Admins", admin.Privileged);
        Assert.Empty((await world.Connection.ReadAsync(new ListDirectoryGroups("alexchen"))).Privileged);
    }

    [Fact]
    public async Task A_computer_says_whether_it_is_a_domain_controller()
    {
        await using var world = await OpenAsync();
        Assert.True((await world.Connection.ReadAsync(new FindComputer("DC-01"))).DomainController);
        Assert.False((await world.Connection.ReadAsync(new FindComputer("eng-ws-045"))).DomainController);
        await world.Connection.FailsAsync(new FindComputer("NONE-01"), FailureKind.NotFound);
    }

    [Fact]
    public async Task A_user_is_barred_once_and_let_in_again()
    {
        await using var world = await OpenAsync();
        Assert.True((await world.Connection.BeforeAsync(new DisableDirectoryUser("alexchen")))!.Free);
        Assert.False((await world.Connection.DoAsync(new DisableDirectoryUser("alexchen@company.com"))).Value.Enabled);
        Assert.Equal(OutcomeKind.AlreadySo, (await world.Connection.DoAsync(new DisableDirectoryUser("alexchen"))).Kind);
        Assert.False((await world.Connection.ReadAsync(new FindDirectoryUser("alexchen"))).Enabled);
        Assert.True((await world.Connection.DoAsync(new EnableDirectoryUser("alexchen"))).Value.Enabled);
        Assert.Equal((1, 1), (world.Count("directory.disable_user"), world.Count("directory.enable_user")));
    }

    [Fact]
    public async Task A_computer_is_barred_once_and_let_in_again()
    {
        await using var world = await OpenAsync();
        Assert.False((await world.Connection.DoAsync(new DisableComputer("FIN-WS-012"))).Value.Enabled);
        Assert.Equal(OutcomeKind.AlreadySo, (await world.Connection.DoAsync(new DisableComputer("FIN-WS-012"))).Kind);
        Assert.True((await world.Connection.DoAsync(new EnableComputer("FIN-WS-012"))).Value.Enabled);
        Assert.Equal((1, 1), (world.Count("directory.disable_computer"), world.Count("directory.enable_computer")));
    }

    [Fact]
    public async Task A_password_is_set_that_must_be_changed()
    {
        await using var world = await OpenAsync();
        Assert.True((await world.Connection.DoAsync(new ResetDirectoryPassword("alexchen"))).Value.MustChange);
        Assert.Equal(1, world.Count("directory.reset_password"));
    }
}
