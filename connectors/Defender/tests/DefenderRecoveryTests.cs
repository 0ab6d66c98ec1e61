using Responder.Connectors.Defender.Actions;
using Responder.Connectors.Tests.Bench;
using Responder.Sdk;
using Responder.Sdk.Edr;
using Responder.Sdk.Emulation;

namespace Responder.Connectors.Defender.Tests;

/// <summary>An answer that is lost after Defender has done it, by a connection that is cut or one that never answers: each action's recovery rule.</summary>
public sealed class DefenderRecoveryTests
{
    private const string Detection = "ldt:4f1c0de2a94b4c7a8e3d6b7f90a1c045:8590777001";
    private static readonly DateTimeOffset Now = new(2024, 2, 28, 19, 20, 0, TimeSpan.Zero);

    public static TheoryData<WireFaultKind> Lost => [WireFaultKind.DropAfterDoing, WireFaultKind.HangAfterDoing];

    [Theory]
    [MemberData(nameof(Lost))]
    public async Task An_isolation_is_found_by_its_mark_and_there_once(WireFaultKind lost)
    {
        await using var world = await OpenAsync();
        var (isolate, step) = (new IsolateHost(await HostAsync(world), "SOC-142"), world.Connection.Step("isolate"));
        await LosesAsync(world, isolate, step, lost);
        Assert.Equal(ProbeVerdict.Happened, (await world.Connection.ProbeAsync(isolate, step)).Verdict);
        Assert.Contains("SOC-142 [responder ", world.Emulator!.Calls.All.Single(call => call.Path.EndsWith("/isolate", StringComparison.Ordinal)).Body, StringComparison.Ordinal);
        world.Time!.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("isolated", (await world.Connection.ProbeAsync(isolate, step)).Result!.Isolation);

        var (release, after) = (new ReleaseHost(isolate.Host), world.Connection.Step("release"));
        await LosesAsync(world, release, after, lost);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        var probed = await world.Connection.ProbeAsync(release, after);
        Assert.Equal((ProbeVerdict.Happened, "normal"), (probed.Verdict, probed.Result!.Isolation));
        Assert.Equal((1, 1), (world.Count("edr.isolate_host"), world.Count("edr.release_host")));
    }

    [Fact]
    public async Task An_isolation_that_never_was_is_not_found_and_one_by_hand_is_told_as_such()
    {
        await using var world = await OpenAsync();
        Assert.Equal(ProbeVerdict.NotHappened, (await world.Connection.ProbeAsync(new IsolateHost(await HostAsync(world)), world.Connection.Step())).Verdict);
        var byHand = await world.Connection.ProbeAsync(new IsolateHost(await HostAsync(world, "QA-WS-009")), world.Connection.Step());
        Assert.Equal(ProbeVerdict.Happened, byHand.Verdict);
        Assert.DoesNotContain("This step's", byHand.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Lost))]
    public async Task A_scan_and_a_script_are_found_by_their_mark(WireFaultKind lost)
    {
        await using var world = await OpenAsync();
        var host = await HostAsync(world, "FIN-WS-012");
        var (scan, scanning) = (new Scan(host), world.Connection.Step("scan"));
        await LosesAsync(world, scan, scanning, lost);
        Assert.Equal(ProbeVerdict.CannotTell, (await world.Connection.ProbeAsync(scan, scanning)).Verdict);
        world.Time!.Advance(TimeSpan.FromHours(1));
        Assert.Equal("threats_found", (await world.Connection.ProbeAsync(scan, scanning)).Result!.Status);

        var (script, running) = (new RunLibraryScript(host, "hello.ps1", Template.Text("world")), world.Connection.Step("script"));
        Assert.Equal(ProbeVerdict.NotHappened, (await world.Connection.ProbeAsync(script, running)).Verdict);
        await LosesAsync(world, script, running, lost);
        Assert.Equal(ProbeVerdict.CannotTell, (await world.Connection.ProbeAsync(script, running)).Verdict);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("hello world\n", (await world.Connection.ProbeAsync(script, running)).Result!.Output);
        Assert.Equal((1, 1), (world.Count("edr.scan"), world.Count("defender.run_script")));
    }

    [Fact]
    public async Task Where_the_order_was_taken_and_its_end_can_not_be_read_the_end_is_unknown()
    {
        await using var world = await OpenAsync();
        var host = await HostAsync(world);
        world.Emulator!.Faults.Add(new WireFault { Method = "GET", Path = "/api/machineactions/", Status = 503 });
        var (script, step) = (new RunLibraryScript(host, "hello.ps1"), world.Connection.Step("script"));
        Assert.Equal(FailureKind.Unknown, (await Assert.ThrowsAsync<ActionFailure>(() => world.Connection.DoAsync(script, step))).Kind);
        Assert.Equal(FailureKind.Unknown, (await Assert.ThrowsAsync<ActionFailure>(() => world.Connection.DoAsync(new Scan(host)))).Kind);
        world.Emulator.Faults.Clear();
        world.Time!.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(ProbeVerdict.Happened, (await world.Connection.ProbeAsync(script, step)).Verdict);
        Assert.Equal((1, 1), (world.Count("defender.run_script"), world.Count("edr.scan")));
    }

    [Theory]
    [MemberData(nameof(Lost))]
    public async Task An_update_is_repeated_and_its_comment_is_there_once(WireFaultKind lost)
    {
        await using var world = await OpenAsync();
        var (update, step) = (new UpdateDetection(Detection, "in_progress", "mlee@company.com", "SOC-142"), world.Connection.Step("update"));
        await LosesAsync(world, update, step, lost);
        Assert.Equal(OutcomeKind.AlreadySo, (await world.Connection.DoAsync(update, step)).Kind);
        Assert.Single(world.Estate.Read(company => company.Detections[Detection].Comments.ToList()));
        Assert.Equal(1, world.Count("edr.update_detection"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task With_one_call_in_five_failing_each_effect_is_there_once(int seed)
    {
        await using var world = await OpenAsync();
        var host = await HostAsync(world);
        world.Emulator!.Faults.Add(Stubborn.OneInFive(seed));
        await world.InsistAsync(new IsolateHost(host, "SOC-142"), "isolate");
        await world.InsistAsync(new UpdateDetection(Detection, "true_positive", Comment: "SOC-142"), "update");
        Assert.Equal("clean", (await world.InsistAsync(new Scan(host), "scan")).Status);
        Assert.Equal("hello 1\n", (await world.InsistAsync(new RunLibraryScript(host, "hello.ps1", Template.Text("1")), "script")).Output);
        Assert.True((await world.InsistAsync(new KillProcess(host, 4789, "cmd.exe"), "kill")).Gone);
        Assert.True((await world.InsistAsync(new DeleteFolder(host, @"C:\temp\staging"), "purge")).Gone);
        await world.InsistAsync(new ReleaseHost(host), "release");
        world.Emulator.Faults.Clear();
        world.Time!.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("normal", (await world.Connection.ReadAsync(new FindHost("ENG-WS-045"))).Isolation);
        Assert.All((string[])["edr.isolate_host", "edr.update_detection", "edr.scan", "defender.run_script", "edr.kill_process", "edr.delete_folder", "edr.release_host"], action => Assert.Equal(1, world.Count(action)));
        Assert.Contains(world.Emulator.Calls.All, call => call.Fault is not null);
    }

    private static async Task<string> HostAsync(World world, string name = "ENG-WS-045") => (await world.Connection.ReadAsync(new FindHost(name))).Id;

    private static async Task LosesAsync<TResult>(World world, IAction<TResult> action, BenchContext step, WireFaultKind lost)
    {
        world.Emulator!.Faults.Add(new WireFault { Method = "acts", Path = "/api/", Do = lost, Times = 1 });
        Assert.Equal(FailureKind.Unknown, (await Assert.ThrowsAsync<ActionFailure>(() => world.Connection.DoAsync(action, step))).Kind);
    }

    private static Task<World> OpenAsync() => DefenderWorlds.OpenAsync(Now, settings: new() { ["TimeoutSeconds"] = "2" });
}
