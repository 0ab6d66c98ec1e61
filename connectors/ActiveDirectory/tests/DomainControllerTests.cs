using System.DirectoryServices.Protocols;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Responder.Connectors.Tests.Bench;
using Responder.Sdk;
using Responder.Sdk.Directory;

namespace Responder.Connectors.ActiveDirectory.Tests;

/// <summary>What a domain controller does that no mock does.</summary>
[Collection("samba")]
public sealed class DomainControllerTests(SambaServer samba)
{
    private const string AlexDn = "CN=Alex Chen,OU=Engineering,OU=Staff,DC=company,DC=com";
    private static readonly DateTimeOffset Now = new(2024, 2, 28, 19, 20, 0, TimeSpan.Zero);

    [Fact]
    public async Task Disabling_keeps_every_other_bit()
    {
        await using var world = SambaWorlds.Open(samba, Now);
        Control(AlexDn, 512 | 0x10000);
        await world.Connection.DoAsync(new DisableDirectoryUser("alexchen"));
        Assert.Equal(512 | 0x10000 | 2, Control(AlexDn));
        await world.Connection.DoAsync(new EnableDirectoryUser("alexchen"));
        Assert.Equal(512 | 0x10000, Control(AlexDn));
    }

    [Fact]
    public async Task A_disabled_user_can_not_sign_in_and_a_new_password_ends_the_old_one()
    {
        await using var world = SambaWorlds.Open(samba, Now);
        var user = new Dictionary<string, string?> { ["User"] = "mlee@company.com", ["Password"] = "Us3r-Passw0rd!" };
        await using var before = SambaWorlds.Open(samba, Now, settings: user);
        Assert.True((await CheckAsync(before)).Ok);
        await world.Connection.DoAsync(new DisableDirectoryUser("mlee"));
        await using var after = SambaWorlds.Open(samba, Now, "directory: { users: { mlee: { enabled: false } } }", user);
        var disabled = await CheckAsync(after);
        Assert.False(disabled.Ok);
        Assert.Contains("disabled", disabled.Message, StringComparison.Ordinal);

        await world.Connection.DoAsync(new EnableDirectoryUser("mlee"));
        await world.Connection.DoAsync(new ResetDirectoryPassword("mlee"));
        await using var reset = SambaWorlds.Open(samba, Now, settings: user);
        var failure = await reset.Connection.FailsAsync(new FindDirectoryUser("mlee"), FailureKind.Unauthorized);
        Assert.Equal("49", failure.Code);
        Assert.DoesNotContain("Us3r-Passw0rd!", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_never_asked_for_a_new_password_is_said_so()
    {
        await using var world = SambaWorlds.Open(samba, Now);
        Control(AlexDn, 512 | 0x10000);
        Assert.False((await world.Connection.ReadAsync(new ResetDirectoryPassword("alexchen"))).MustChange);
    }

    [Theory]
    [InlineData(@"OTHER\alexchen")]
    [InlineData("CN=Alex Chen,OU=Engineering,OU=Staff,DC=other,DC=com")]
    [InlineData("eng-ws-045$")]
    [InlineData("")]
    public async Task A_name_of_elsewhere_is_not_found(string name)
    {
        await using var world = SambaWorlds.Open(samba, Now);
        await world.Connection.FailsAsync(new FindDirectoryUser(name), FailureKind.NotFound);
    }

    [Fact]
    public async Task A_name_that_two_accounts_have_is_a_conflict_that_names_both()
    {
        await using var world = SambaWorlds.Open(samba, Now);
        using var admin = samba.Admin();
        admin.SendRequest(new ModifyRequest(AlexDn, DirectoryAttributeOperation.Add, "proxyAddresses", "smtp:mlee@company.com"));
        try
        {
            var failure = await world.Connection.FailsAsync(new DisableDirectoryUser("mlee@company.com"), FailureKind.Conflict);
            Assert.Contains("Alex Chen", failure.Message, StringComparison.Ordinal);
            Assert.Contains("Min Lee", failure.Message, StringComparison.Ordinal);
        }
        finally
        {
            admin.SendRequest(new ModifyRequest(AlexDn, DirectoryAttributeOperation.Delete, "proxyAddresses"));
        }
    }

    [Fact]
    public async Task Facts_say_who_is_privileged_by_nesting_and_what_is_a_domain_controller()
    {
        await using var world = SambaWorlds.Open(samba, Now);
        var describer = world.Connection.Services.GetRequiredService<ITargetDescriber>();
        var admin = await describer.DescribeAsync(TargetKind.DirectoryUser, @"COMPANY\adm-rkhan", CancellationToken.None);
        Assert.Contains("privileged", admin.Tags);
        Assert.Contains("Domain Admins", admin.Groups!);
        Assert.True(Guid.TryParse(admin.Id, out _));
        Assert.Contains("service-account", (await describer.DescribeAsync(TargetKind.DirectoryUser, "svc-backup", CancellationToken.None)).Tags);
        Assert.Empty((await describer.DescribeAsync(TargetKind.DirectoryUser, "alexchen", CancellationToken.None)).Tags);
        Assert.Equal("Domain Controller", (await describer.DescribeAsync(TargetKind.Computer, "DC-01", CancellationToken.None)).Role);
        Assert.Equal("Workstation", (await describer.DescribeAsync(TargetKind.Computer, "eng-ws-045.company.com", CancellationToken.None)).Role);
    }

    [Fact]
    public async Task A_service_account_without_rights_is_forbidden_and_the_check_says_which()
    {
        await using var world = SambaWorlds.Open(samba, Now, settings: new Dictionary<string, string?> { ["User"] = @"COMPANY\svc-responder", ["Password"] = SambaServer.ServicePassword });
        var health = await CheckAsync(world);
        Assert.True(health.Ok, health.Message);
        Assert.Null(health.Allowed["directory.find_user"]);
        Assert.Contains("userAccountControl", health.Allowed["directory.disable_user"], StringComparison.Ordinal);
        await world.Connection.FailsAsync(new DisableDirectoryUser("alexchen"), FailureKind.Forbidden);
        await world.Connection.FailsAsync(new ResetDirectoryPassword("alexchen"), FailureKind.Forbidden);
        Assert.Equal((0, 0), (world.Count("directory.disable_user"), world.Count("directory.reset_password")));
    }

    [Fact]
    public async Task The_check_of_an_administrator_allows_every_action()
    {
        await using var world = SambaWorlds.Open(samba, Now);
        var health = await CheckAsync(world);
        Assert.True(health.Ok, health.Message);
        Assert.Equal(world.Connection.Actions.Keys.Order(StringComparer.Ordinal), health.Allowed.Keys.Order(StringComparer.Ordinal));
        Assert.All(health.Allowed.Values, Assert.Null);
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_and_a_closed_port_are_told_apart()
    {
        using var folder = new TempFolder();
        await using var untrusted = SambaWorlds.Open(samba, Now, settings: new Dictionary<string, string?> { ["CaFile"] = null });
        var failure = await untrusted.Connection.FailsAsync(new FindDirectoryUser("alexchen"), FailureKind.Transient);
        Assert.Contains("CaFile", failure.Message, StringComparison.Ordinal);
        await using var closed = SambaWorlds.Open(samba, Now, settings: new Dictionary<string, string?> { ["Url"] = $"ldaps://{samba.Address}:1" });
        Assert.Equal("not_sent", (await closed.Connection.FailsAsync(new DisableDirectoryUser("alexchen"), FailureKind.Transient)).Code);
    }

    private static Task<Health> CheckAsync(World world) => world.Connection.Services.GetRequiredService<IConnectionCheck>().CheckAsync(CancellationToken.None);

    private void Control(string dn, int control)
    {
        using var admin = samba.Admin();
        admin.SendRequest(new ModifyRequest(dn, DirectoryAttributeOperation.Replace, "userAccountControl", control.ToString(CultureInfo.InvariantCulture)));
    }

    private int Control(string dn)
    {
        using var admin = samba.Admin();
        var found = (SearchResponse)admin.SendRequest(new SearchRequest(dn, "(objectClass=*)", SearchScope.Base, "userAccountControl"));
        return int.Parse((string)found.Entries[0].Attributes["userAccountControl"][0], CultureInfo.InvariantCulture);
    }
}
