using Responder.Connectors.CrowdStrike.Actions;
using Responder.Connectors.CrowdStrike.Emulator;
using Responder.Connectors.CrowdStrike.LiveResponse;
using Responder.Sdk;
using Responder.Sdk.Edr;

namespace Responder.Connectors.CrowdStrike.Tests;

/// <summary>Live response: one session a host, kept alive, closed; Falcon's own rm; what a hostile path can't do.</summary>
public sealed class SessionTests
{
    private const string Host = "4f1c0de2a94b4c7a8e3d6b7f90a1c045";
    private const string Staging = @"C:\temp\staging";
    private static readonly DateTimeOffset Now = new(2024, 2, 28, 19, 20, 0, TimeSpan.Zero);

    public static TheoryData<string> Hostile =>
    [
        "C:\\temp\\a\" -Force & calc.exe \"", "C:\\temp\\a'; Remove-Item C:\\ #", "C:\\temp\\`whoami`", "C:\\temp\\$(whoami)", "C:\\temp\\a\r\nrm C:\\", "C:\\temp\\a;b", "C:\\temp\\a|b", "C:\\temp\\a>b", "C:\\temp\\a*", "C:\\temp\\a?",
    ];

    [Fact]
    public async Task A_command_that_takes_long_keeps_its_session_alive()
    {
        await using var world = await FalconWorlds.OpenAsync(Now, emulator: new FalconEmulator { CommandsTake = TimeSpan.FromMinutes(12) });
        Assert.Equal(1247, (await world.Connection.ReadAsync(new ListFolder(Host, Staging))).Count);
        Assert.InRange(world.Emulator!.Calls.Count("POST", "/real-time-response/entities/refresh-session"), 2, 3);
    }

    [Fact]
    public async Task Those_who_want_one_host_take_turns_and_each_closes_its_session()
    {
        await using var world = await FalconWorlds.OpenAsync(Now);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.Connection.ReadAsync(new ListFolder(Host, Staging))));
        await world.Connection.FailsAsync(new ListFolder(Host, @"C:\none"), FailureKind.NotFound);
        var open = 0;
        foreach (var call in world.Emulator!.Calls.All.Where(call => call.Path.StartsWith("/real-time-response/entities/sessions/v1", StringComparison.Ordinal)))
        {
            open += call.Method == "POST" ? 1 : -1;
            Assert.InRange(open, 0, 1);
        }

        Assert.Equal((0, 5), (open, world.Emulator.Calls.Count("DELETE", "/real-time-response/entities/sessions/v1")));
    }

    [Fact]
    public async Task Without_scripts_a_deletion_needs_leave_and_is_looked_at_afterwards()
    {
        await using var refused = await FalconWorlds.OpenAsync(Now, settings: new Dictionary<string, string?> { ["Scripts"] = "false" });
        await refused.Connection.FailsAsync(new DeleteFolder(Host, Staging), FailureKind.RejectedByPolicy);
        Assert.Equal(0, refused.Count("edr.delete_folder"));

        await using var world = await FalconWorlds.OpenAsync(Now, settings: new Dictionary<string, string?> { ["Scripts"] = "false", ["UnverifiedPaths"] = "allow" });
        Assert.True((await world.Connection.ReadAsync(new DeleteFolder(Host, Staging))).Gone);
        Assert.Equal(OutcomeKind.AlreadySo, (await world.Connection.DoAsync(new DeleteFolder(Host, Staging))).Kind);
        Assert.Equal(1, world.Count("edr.delete_folder"));
        var sent = world.Emulator!.Calls.All.Where(call => call.Method == "POST" && call.Path.Contains("command/v1", StringComparison.Ordinal)).Select(call => call.Body!).ToList();
        Assert.Equal(4, sent.Count);
        Assert.Contains("ls \\\"C:\\\\temp\\\\staging\\\"", sent[0], StringComparison.Ordinal);
        Assert.Contains("rm \\\"C:\\\\temp\\\\staging\\\" -Force", sent[1], StringComparison.Ordinal);
        Assert.Contains("ls ", sent[2], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_path_is_in_no_command_of_falcons_own(string path) =>
        Assert.Equal(FailureKind.Invalid, Assert.Throws<ActionFailure>(() => PlainDeletion.Quote(path)).Kind);

    [Theory]
    [MemberData(nameof(Hostile))]
    public void In_a_script_it_is_base64_and_nothing_else(string path)
    {
        foreach (var windows in (bool[])[true, false])
        {
            var command = ScriptText.Command("folder", windows, "a1", ("mode", "look"), ("path", path), ("digest", "-"), ("deep", "no"));
            Assert.DoesNotContain(path, command, StringComparison.Ordinal);
            Assert.Contains($"{(windows ? "$" : string.Empty)}path='{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(path))}'\n", command, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task On_a_host_it_deletes_nothing(string path)
    {
        await using var world = await FalconWorlds.OpenAsync(Now);
        try
        {
            // Whatever it may mean to a shell, to the host it is the name of a folder that is not there.
            Assert.Equal(OutcomeKind.AlreadySo, (await world.Connection.DoAsync(new DeleteFolder(Host, path))).Kind);
        }
        catch (ActionFailure failure)
        {
            Assert.Equal(FailureKind.Invalid, failure.Kind);
        }

        Assert.Equal(1247, (await world.Connection.ReadAsync(new ListFolder(Host, Staging))).Count);
        Assert.Equal(0, world.Count("edr.delete_folder"));
    }
}
