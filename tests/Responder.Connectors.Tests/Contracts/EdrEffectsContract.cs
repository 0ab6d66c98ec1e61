using System.Security.Cryptography;
using Responder.Connectors.Tests.Bench;
using Responder.Sdk;
using Responder.Sdk.Edr;

namespace Responder.Connectors.Tests.Contracts;

/// <summary>Processes and files as evidence.</summary>
public abstract class EdrEffectsContract : ContractSuite
{
    private static async Task<string> HostAsync(World world, string name = "ENG-WS-045") => (await world.Connection.ReadAsync(new FindHost(name))).Id;

    [Fact]
    public async Task A_process_is_ended_only_if_it_is_the_one_meant()
    {
        await using var world = await OpenAsync();
        var host = await HostAsync(world);
        var start = new DateTimeOffset(2024, 2, 28, 18, 59, 52, TimeSpan.Zero);
        await world.Connection.FailsAsync(new KillProcess(host, 4789, "notepad.exe"), FailureKind.Conflict);
        await world.Connection.FailsAsync(new KillProcess(host, 4789, "cmd.exe", start.AddMinutes(-3)), FailureKind.Conflict);
        await world.Connection.FailsAsync(new KillProcess(host, 99999, "cmd.exe"), FailureKind.NotFound);
        Assert.Equal(0, world.Count("edr.kill_process"));

        var step = world.Connection.Step();
        var kill = new KillProcess(host, 4789, @"C:\Windows\System32\cmd.exe", start);
        Assert.Equal(ProbeVerdict.NotHappened, (await world.Connection.ProbeAsync(kill, step)).Verdict);
        Assert.True((await world.Connection.DoAsync(kill, step)).Value.Gone);
        Assert.Equal(ProbeVerdict.Happened, (await world.Connection.ProbeAsync(kill, step)).Verdict);
        Assert.Equal(OutcomeKind.AlreadySo, (await world.Connection.DoAsync(kill)).Kind);
        Assert.Equal(1, world.Count("edr.kill_process"));
        Assert.DoesNotContain((await world.Connection.ReadAsync(new ListProcesses(host))).Processes, process => process.Pid == 4789);
    }

    [Fact]
    public async Task A_collected_file_is_the_one_that_was_listed()
    {
        await using var world = await OpenAsync();
        var host = await HostAsync(world);
        var listed = await world.Connection.ReadAsync(new ListFolder(host, @"C:\temp\staging"));
        var entry = world.Connection.Manifest<List<FileEntry>>(listed.Manifest).Single(file => file.Path == "Passwords.kdbx");
        var collected = await world.Connection.ReadAsync(new CollectFile(host, @"C:\temp\staging\Passwords.kdbx"));
        Assert.Equal((entry.Sha256, entry.Size), (collected.Sha256, collected.Size));
        Assert.Equal(collected.Sha256, Convert.ToHexStringLower(SHA256.HashData(world.Connection.Bytes(collected.File))));
        await world.Connection.FailsAsync(new CollectFile(host, @"C:\temp\staging\none.txt"), FailureKind.NotFound);
    }
}
