using Responder.Connectors.Tests.Bench;
using Responder.Sdk;
using Responder.Sdk.Edr;

namespace Responder.Connectors.Tests.Contracts;

/// <summary>On-demand scans.</summary>
public abstract class EdrScanContract : ContractSuite
{
    private static async Task<string> HostAsync(World world, string name = "ENG-WS-045") => (await world.Connection.ReadAsync(new FindHost(name))).Id;

    [Fact]
    public async Task A_scan_says_what_it_found_and_is_found_by_its_step()
    {
        await using var world = await OpenAsync();
        var step = world.Connection.Step();
        var scan = new Scan(await HostAsync(world, "FIN-WS-012"));
        Assert.Equal(ProbeVerdict.NotHappened, (await world.Connection.ProbeAsync(scan, step)).Verdict);
        var done = (await world.Connection.DoAsync(scan, step)).Value;
        Assert.Equal("threats_found", done.Status);
        Assert.Equal(@"C:\Users\Public\lockit.exe", Assert.Single(done.Threats).Path);
        Assert.NotEmpty(step.Reports);
        var probed = await world.Connection.ProbeAsync(scan, step);
        Assert.Equal((ProbeVerdict.Happened, done.Id), (probed.Verdict, probed.Result!.Id));
        Assert.Equal("clean", (await world.Connection.ReadAsync(new Scan(await HostAsync(world)))).Status);
    }
}
