using System.Security.Cryptography;
using System.Text.Json;
using Responder.Connectors.Tests.Bench;
using Responder.Sdk;
using Responder.Sdk.Edr;

namespace Responder.Connectors.Tests.Contracts;

/// <summary>Isolation, processes, files as evidence, scans, detections.</summary>
public abstract class EdrEffectsContract : ContractSuite
{
    private static async Task<string> HostAsync(World world, string name = "ENG-WS-045") => (await world.Connection.ReadAsync(new FindHost(name))).Id;

    [Fact]
    public async Task A_host_is_isolated_once_and_released()
    {
        await using var world = await OpenAsync();
        var host = await HostAsync(world);
        Assert.True((await world.Connection.BeforeAsync(new IsolateHost(host)))!.Free);
        var done = await world.Connection.DoAsync(new IsolateHost(host, "SOC-142"));
        Assert.Equal((OutcomeKind.Done, "isolated", "ENG-WS-045"), (done.Kind, done.Value.Isolation, done.Value.Hostname));
        Assert.False((await world.Connection.BeforeAsync(new IsolateHost(host)))!.Free);
        Assert.Equal(OutcomeKind.AlreadySo, (await world.Connection.DoAsync(new IsolateHost(host))).Kind);
        Assert.Equal(1, world.Count("edr.isolate_host"));
        Assert.Equal("isolated", (await world.Connection.ReadAsync(new FindHost("ENG-WS-045"))).Isolation);

        Assert.Equal("normal", (await world.Connection.DoAsync(new ReleaseHost(host))).Value.Isolation);
        Assert.Equal(OutcomeKind.AlreadySo, (await world.Connection.DoAsync(new ReleaseHost(host))).Kind);
        Assert.Equal(1, world.Count("edr.release_host"));
    }

    [Fact]
    public async Task What_is_contained_already_is_left_as_it_is()
    {
        await using var world = await OpenAsync();
        var host = await HostAsync(world, "QA-WS-009");
        Assert.Equal(OutcomeKind.AlreadySo, (await world.Connection.DoAsync(new IsolateHost(host))).Kind);
        Assert.Equal(0, world.Count("edr.isolate_host"));
    }

    [Fact]
    public async Task An_order_for_an_offline_host_waits_for_it()
    {
        await using var world = await OpenAsync();
        var host = await HostAsync(world, "SALES-LT-031");
        var done = await world.Connection.DoAsync(new IsolateHost(host));
        Assert.Equal((OutcomeKind.Pending, "pending"), (done.Kind, done.Value.Isolation));
        Assert.Equal(OutcomeKind.Pending, (await world.Connection.DoAsync(new IsolateHost(host))).Kind);
        Assert.Equal(1, world.Count("edr.isolate_host"));
        world.Estate.Happen(JsonDocument.Parse("""{"is":"host_connected","host":"SALES-LT-031","online":true}""").RootElement);
        Assert.Equal("isolated", (await world.Connection.ReadAsync(new FindHost("SALES-LT-031"))).Isolation);
    }

    [Fact]
    public async Task An_order_that_waits_is_withdrawn_by_a_release()
    {
        await using var world = await OpenAsync();
        var host = await HostAsync(world, "SALES-LT-031");
        await world.Connection.DoAsync(new IsolateHost(host));
        Assert.Equal("normal", (await world.Connection.DoAsync(new ReleaseHost(host))).Value.Isolation);
        world.Estate.Happen(JsonDocument.Parse("""{"is":"host_connected","host":"SALES-LT-031","online":true}""").RootElement);
        Assert.Equal("normal", (await world.Connection.ReadAsync(new FindHost("SALES-LT-031"))).Isolation);
    }

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

    [Fact]
    public async Task A_detection_is_updated_and_commented_once()
    {
        await using var world = await OpenAsync();
        const string id = "ldt:4f1c0de2a94b4c7a8e3d6b7f90a1c045:8590777001";
        var step = world.Connection.Step();
        var update = new UpdateDetection(id, "true_positive", Comment: "SOC-142");
        Assert.Equal("true_positive", (await world.Connection.DoAsync(update, step)).Value.Status);
        Assert.Equal(OutcomeKind.AlreadySo, (await world.Connection.DoAsync(update, step)).Kind);
        Assert.Single(world.Estate.Read(company => company.Detections[id].Comments.ToList()));
        await world.Connection.FailsAsync(new UpdateDetection(id, "nonsense"), FailureKind.Invalid);
    }
}
