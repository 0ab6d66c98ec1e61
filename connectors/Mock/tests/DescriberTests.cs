using Microsoft.Extensions.DependencyInjection;
using Responder.Sdk;

namespace Responder.Connectors.Mock.Tests;

public sealed class DescriberTests
{
    private static readonly DateTimeOffset Now = new(2024, 2, 28, 19, 20, 0, TimeSpan.Zero);

    private static async Task<TargetFacts> DescribeAsync(TargetKind kind, string value)
    {
        await using var world = MockWorlds.Open(Now);
        return await world.Connection.Services.GetRequiredService<ITargetDescriber>().DescribeAsync(kind, value, CancellationToken.None);
    }

    [Fact]
    public async Task A_host_by_its_id()
    {
        var facts = await DescribeAsync(TargetKind.Host, "0a5d3c1be7704f6f9d2c8b1e4f6a0001");
        Assert.Equal(("DC-01", "Domain Controller", "it-platform@company.com"), (facts.Names[0], facts.Role, facts.Owner));
        Assert.Contains("Tier0", facts.Tags);
    }

    [Theory]
    [InlineData("alexchen@company.com")]
    [InlineData("22222222-0000-4000-8000-000000000045")]
    public async Task A_user_by_name_or_id_is_one_canonical_id(string name)
    {
        var facts = await DescribeAsync(TargetKind.User, name);
        Assert.Equal(("22222222-0000-4000-8000-000000000045", "alexchen@company.com", "Engineer"), (facts.Id, facts.Names[0], facts.Role));
        Assert.Contains("Engineering", facts.Groups!);
        Assert.DoesNotContain("privileged", facts.Tags);
    }

    [Fact]
    public async Task Rights_by_nesting_make_an_account_privileged()
    {
        var cloud = await DescribeAsync(TargetKind.User, "adm-rkhan@company.com");
        Assert.Contains("privileged", cloud.Tags);
        Assert.Contains("Global Administrator", cloud.Groups!);
        var local = await DescribeAsync(TargetKind.DirectoryUser, @"COMPANY\adm-rkhan");
        Assert.Equal("CN=Rana Khan (admin),OU=Admins,DC=company,DC=com", local.Id);
        Assert.Contains("Domain Admins", local.Groups!);
        Assert.Contains("privileged", local.Tags);
    }

    [Fact]
    public async Task Computers_and_tickets()
    {
        Assert.Equal("Domain Controller", (await DescribeAsync(TargetKind.Computer, "dc-01")).Role);
        Assert.Equal("Incident", (await DescribeAsync(TargetKind.Ticket, "SOC-141")).Role);
        Assert.Equal(@"C:\temp\staging", (await DescribeAsync(TargetKind.Path, @"C:\temp\staging\")).Id);
        Assert.Equal("4789", (await DescribeAsync(TargetKind.Process, "4789")).Id);
    }

    [Theory]
    [InlineData(TargetKind.Host, "ENG-WS-045")]
    [InlineData(TargetKind.User, "ghost@company.com")]
    [InlineData(TargetKind.DirectoryUser, "ghost")]
    [InlineData(TargetKind.Computer, "GHOST")]
    [InlineData(TargetKind.Ticket, "SOC-1")]
    public async Task What_is_unknown_is_not_found(TargetKind kind, string value) =>
        Assert.Equal(FailureKind.NotFound, (await Assert.ThrowsAsync<ActionFailure>(() => DescribeAsync(kind, value))).Kind);
}
