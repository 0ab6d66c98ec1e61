using System.Text.Json;
using Responder.Connectors.CrowdStrike.Actions;
using Responder.Connectors.Tests.Bench;
using Responder.Sdk;
using Responder.Sdk.Edr;
using Responder.Sdk.Emulation;

namespace Responder.Connectors.CrowdStrike.Tests;

/// <summary>Falcon did it, and its answer never came: unknown, then the action's own rule, and in the end it was done once.</summary>
public sealed class LostAnswerTests
{
    private const string Host = "4f1c0de2a94b4c7a8e3d6b7f90a1c045";
    private const string Finance = "a1b2c3d4e5f60718293a4b5c6d7e0012";
    private const string Detection = "ldt:4f1c0de2a94b4c7a8e3d6b7f90a1c045:8590777001";
    private const string Orders = "devices-actions";
    private const string Scripts = "admin-command";
    private const string OwnCommands = "/real-time-response/entities/active-responder-command";
    private static readonly DateTimeOffset Now = new(2024, 2, 28, 19, 20, 0, TimeSpan.Zero);

    public static TheoryData<WireFaultKind> Losses => [WireFaultKind.DropAfterDoing, WireFaultKind.HangAfterDoing];

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task An_isolation_is_ordered_again_and_is_so_already(WireFaultKind loss)
    {
        await using var world = await OpenAsync();
        await LostAsync(world, new IsolateHost(Host), loss, Orders);
        Assert.Equal(OutcomeKind.AlreadySo, (await world.Connection.DoAsync(new IsolateHost(Host))).Kind);
        Assert.Equal(1, world.Count("edr.isolate_host"));

        await LostAsync(world, new ReleaseHost(Host), loss, Orders);
        Assert.Equal(OutcomeKind.AlreadySo, (await world.Connection.DoAsync(new ReleaseHost(Host))).Kind);
        Assert.Equal(1, world.Count("edr.release_host"));
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task An_ended_process_is_found_ended(WireFaultKind loss)
    {
        await using var world = await OpenAsync();
        var kill = new KillProcess(Host, 4789, @"C:\Windows\System32\cmd.exe", new DateTimeOffset(2024, 2, 28, 18, 59, 52, TimeSpan.Zero));
        await ProbedAsync(world, kill, loss, Scripts, looks: 1, "edr.kill_process");
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task A_deleted_folder_is_known_by_the_sessions_log(WireFaultKind loss)
    {
        await using var world = await OpenAsync();
        var probed = await ProbedAsync(world, new DeleteFolder(Host, @"C:\temp\staging"), loss, Scripts, looks: 1, "edr.delete_folder");
        Assert.Equal((1247L, 2_800_000_000L, true), (probed.Files, probed.Bytes, probed.Gone));
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task A_deleted_file_is_known_by_the_sessions_log(WireFaultKind loss)
    {
        await using var world = await OpenAsync();
        var probed = await ProbedAsync(world, new DeleteFile(Finance, @"C:\Users\Public\lockit.exe"), loss, Scripts, looks: 1, "edr.delete_file");
        Assert.Equal(1478656L, probed.Bytes);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task Without_scripts_what_was_deleted_is_known_by_its_absence(WireFaultKind loss)
    {
        await using var world = await FalconWorlds.OpenAsync(Now, settings: new() { ["TimeoutSeconds"] = "2", ["Scripts"] = "false", ["UnverifiedPaths"] = "allow" });
        var folder = await world.RecoverAsync(new DeleteFolder(Host, @"C:\temp\staging"), loss, OwnCommands);
        Assert.Equal((@"C:\temp\staging", true), (folder.Path, folder.Gone));
        Assert.True((await world.RecoverAsync(new DeleteFile(Finance, @"C:\Users\Public\lockit.exe"), loss, OwnCommands)).Gone);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task A_stored_script_is_left_to_a_person(WireFaultKind loss)
    {
        await using var world = await OpenAsync();
        await world.LeavesToAPersonAsync(new RunScript(Host, "hello", Template.Text("1")), loss, OwnCommands);
        Assert.Equal(1, world.Emulator!.Calls.Count("POST", OwnCommands));
    }

    [Fact]
    public async Task A_stored_script_whose_end_can_not_be_read_is_left_to_a_person_too()
    {
        await using var world = await OpenAsync();
        world.Emulator!.Faults.Add(new WireFault { Method = "GET", Path = OwnCommands, Status = 503 });
        await FailsAsync(world, new RunScript(Host, "hello"), null);
        Assert.Equal((1, 1), (world.Count("crowdstrike.run_script"), world.Emulator.Calls.Count("POST", OwnCommands)));
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task A_file_is_fetched_again(WireFaultKind loss)
    {
        await using var world = await OpenAsync();
        var collect = new CollectFile(Host, @"C:\temp\staging\Passwords.kdbx");
        await LostAsync(world, collect, loss, OwnCommands);
        Assert.Equal(2191360, (await world.Connection.ReadAsync(collect)).Size);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task A_scan_is_found_by_its_steps_key_while_it_runs_nobody_can_tell(WireFaultKind loss)
    {
        await using var world = await OpenAsync("hosts: { FIN-WS-012: { scan: { takes: 30m } } }");
        var (scan, step) = (new Scan(Finance), world.Connection.Step("scan"));
        await LostAsync(world, scan, loss, "/ods/entities/scans", step);
        Assert.Equal(ProbeVerdict.CannotTell, (await world.Connection.ProbeAsync(scan, step)).Verdict);
        world.Time!.Advance(TimeSpan.FromHours(1));
        var probed = await world.Connection.ProbeAsync(scan, step);
        Assert.Equal((ProbeVerdict.Happened, "threats_found"), (probed.Verdict, probed.Result!.Status));
        Assert.Equal(1, world.Count("edr.scan"));
    }

    [Fact]
    public async Task A_scan_and_an_isolation_whose_end_can_not_be_read_are_not_ordered_again()
    {
        await using var world = await OpenAsync();
        var (scan, step) = (new Scan(Finance), world.Connection.Step("scan"));
        world.Emulator!.Faults.Add(new WireFault { Method = "GET", Path = "/ods/entities/scans/v2", Status = 503 });
        await FailsAsync(world, scan, step);
        world.Emulator.Faults.Clear();
        world.Time!.Advance(TimeSpan.FromHours(1));
        Assert.Equal(ProbeVerdict.Happened, (await world.Connection.ProbeAsync(scan, step)).Verdict);

        world.Emulator.Faults.Add(new WireFault { Path = "/devices/entities/devices/v2", Status = 503, After = 1 });
        await FailsAsync(world, new IsolateHost(Host), null);
        world.Emulator.Faults.Clear();
        Assert.Equal(OutcomeKind.AlreadySo, (await world.Connection.DoAsync(new IsolateHost(Host))).Kind);
        Assert.Equal((1, 1), (world.Count("edr.scan"), world.Count("edr.isolate_host")));
    }

    [Fact]
    public async Task A_host_that_somebody_isolates_in_the_last_moment_is_so_already_by_falcons_409()
    {
        await using var world = await OpenAsync();
        var step = world.Connection.Step("isolate", atGate: () => world.Estate.Happen(JsonSerializer.Deserialize<JsonElement>("{\"is\":\"isolation_changed\",\"host\":\"ENG-WS-045\",\"to\":\"isolated\"}")));
        Assert.Equal((OutcomeKind.AlreadySo, "isolated"), (await world.Connection.DoAsync(new IsolateHost(Host), step)) is var done ? (done.Kind, done.Value.Isolation) : default);
        Assert.Equal((1, 0), (world.Emulator!.Calls.Count("POST", "/devices/entities/devices-actions"), world.Count("edr.isolate_host")));
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task An_updated_detection_is_so_already_and_has_its_comment_once(WireFaultKind loss)
    {
        await using var world = await OpenAsync();
        var (update, step) = (new UpdateDetection(Detection, "true_positive", Comment: "SOC-142"), world.Connection.Step("update"));
        await LostAsync(world, update, loss, "/alerts/entities/alerts/v3", step);
        Assert.Equal(OutcomeKind.AlreadySo, (await world.Connection.DoAsync(update, step)).Kind);
        Assert.Single(world.Estate.Read(company => company.Detections[Detection].Comments.ToList()));
    }

    [Fact]
    public async Task A_script_that_never_reached_the_host_did_not_happen()
    {
        await using var world = await OpenAsync();
        var (delete, step) = (new DeleteFolder(Host, @"C:\temp\staging"), world.Connection.Step("purge"));
        world.Emulator!.Faults.Add(new WireFault { Method = "POST", Path = Scripts, Do = WireFaultKind.Drop, After = 1, Times = 1 });
        await FailsAsync(world, delete, step);
        Assert.Equal(ProbeVerdict.NotHappened, (await world.Connection.ProbeAsync(delete, step)).Verdict);
        Assert.Equal(1247, (await world.Connection.DoAsync(delete, step)).Value.Files);
        Assert.Equal(1, world.Count("edr.delete_folder"));
    }

    [Fact]
    public async Task A_process_that_ended_by_itself_at_the_last_moment_is_not_ended_again()
    {
        await using var world = await OpenAsync();
        var step = world.Connection.Step("kill", atGate: () => world.Estate.Happen(JsonSerializer.Deserialize<JsonElement>("""{"is":"process_ended","host":"ENG-WS-045","pid":4789}""")));
        Assert.Equal(OutcomeKind.AlreadySo, (await world.Connection.DoAsync(new KillProcess(Host, 4789, "cmd.exe"), step)).Kind);
        Assert.Equal(0, world.Count("edr.kill_process"));
    }

    private static Task<World> OpenAsync(string? overrides = null) => FalconWorlds.OpenAsync(Now, overrides, settings: new Dictionary<string, string?> { ["TimeoutSeconds"] = "2" });

    private static async Task<TResult> ProbedAsync<TResult>(World world, IAction<TResult> action, WireFaultKind loss, string path, int looks, string effect)
    {
        var step = world.Connection.Step("it");
        await LostAsync(world, action, loss, path, step, looks);
        var probed = await world.Connection.ProbeAsync(action, step);
        Assert.Equal(ProbeVerdict.Happened, probed.Verdict);
        Assert.Equal(1, world.Count(effect));
        return probed.Result!;
    }

    /// <summary>Does it with the answer lost; <paramref name="looks"/> calls to the same address come before the one that acts.</summary>
    private static async Task LostAsync<TResult>(World world, IAction<TResult> action, WireFaultKind loss, string path, BenchContext? step = null, int looks = 0)
    {
        world.Emulator!.Faults.Add(new WireFault { Method = "acts", Path = path, Do = loss, After = looks, Times = 1 });
        await FailsAsync(world, action, step);
    }

    private static async Task FailsAsync<TResult>(World world, IAction<TResult> action, BenchContext? step) =>
        Assert.Equal(FailureKind.Unknown, (await Assert.ThrowsAsync<ActionFailure>(() => world.Connection.DoAsync(action, step))).Kind);
}
