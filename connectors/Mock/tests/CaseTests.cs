using Responder.Sdk.Estate;

namespace Responder.Connectors.Mock.Tests;

/// <summary>The sample case, as estate.yaml has it.</summary>
public sealed class CaseTests
{
    private static readonly DateTimeOffset Now = new(2024, 2, 28, 19, 20, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_split_by_source_sums_to_1247_with_the_vault_inside_the_desktops_234()
    {
        await using var world = MockWorlds.Open(Now);
        var files = world.Estate.Read(company => company.Hosts["ENG-WS-045"].Files.List(@"C:\temp\staging", recurse: true));
        Assert.Equal((1247, 2_800_000_000), (files.Count, files.Sum(file => file.Size)));
        Assert.Equal(
            [(@"C:\Users\alexchen\Documents\ProjectX", 456), (@"C:\Users\alexchen\Desktop", 234), (@"C:\Users\alexchen\Downloads", 123), (@"\\filesrv\r&d\projects", 434)],
            files.CountBy(file => file.CopiedFrom!).Select(pair => (pair.Key, pair.Value)));
        var vault = Assert.Single(files, file => file.Extension == ".kdbx");
        Assert.Equal(("Passwords.kdbx", @"C:\Users\alexchen\Desktop"), (vault.Name, vault.CopiedFrom));
        Assert.Equal(files.Count, files.Select(file => file.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(files, file => Assert.True(file.Size > 0 && file.ModifiedAt < file.CreatedAt));
    }

    [Fact]
    public async Task The_copies_are_as_large_as_what_they_were_copied_from()
    {
        await using var world = MockWorlds.Open(Now);
        var (copies, originals) = world.Estate.Read(company =>
        {
            var disk = company.Hosts["ENG-WS-045"].Files;
            return (
                disk.List(@"C:\temp\staging", recurse: true).Where(file => file.CopiedFrom!.EndsWith("ProjectX", StringComparison.Ordinal)).Sum(file => file.Size),
                disk.List(@"C:\Users\alexchen\Documents\ProjectX", recurse: true).Sum(file => file.Size));
        });
        Assert.Equal(originals, copies);
    }

    [Theory]
    [InlineData("Domain Controller", "DC-01")]
    [InlineData("Workstation", "ENG-WS-045")]
    public async Task Hosts_have_the_role_that_policy_looks_at(string role, string host)
    {
        await using var world = MockWorlds.Open(Now);
        Assert.Equal(role, world.Estate.Read(company => company.Hosts[host].Role));
    }

    [Fact]
    public async Task What_the_estate_needs_to_be_is_there()
    {
        await using var world = MockWorlds.Open(Now);
        world.Estate.Read(company =>
        {
            Assert.Equal(2, company.HostsNamed("LAB-PC-07").Count);
            Assert.False(company.Hosts["SALES-LT-031"].Online);
            Assert.Equal(Isolation.Isolated, company.Hosts["QA-WS-009"].Isolation);
            Assert.Contains("break-glass", company.Identity.Users["breakglass-01@company.com"].Tags);
            Assert.Contains("service-account", company.Directory.Users["svc-backup"].Tags);
            Assert.Equal(142, company.Tickets.Projects["SOC"].Next);
            Assert.All(company.Hosts.Values, host => Assert.Matches("^[0-9a-f]{32}$", host.Id));
            Assert.All(company.Hosts.Where(host => host.Value.Owner is not null && host.Value.Owner != "it-platform@company.com"), host => Assert.Contains(host.Value.Owner!, company.Identity.Users));
            Assert.All(company.Identity.Users.Values.Where(user => user.Account is not null && user.OnPremisesSynced), user => Assert.Contains(user.Account!, company.Directory.Users));
            return 0;
        });
    }
}
