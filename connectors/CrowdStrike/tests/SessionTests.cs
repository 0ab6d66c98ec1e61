using System.Text.Json;
using Responder.Connectors.CrowdStrike.Emulator;
using Responder.Connectors.CrowdStrike.LiveResponse;
using Responder.Connectors.Tests.Bench;
using Responder.Sdk;
using Responder.Sdk.Edr;
using Responder.Sdk.Edr.LiveResponse;
using Responder.Sdk.Emulation;

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
        Assert.Equal(6, sent.Count);
        Assert.Contains("ls \\\"C:\\\\temp\\\\staging\\\"", sent[0], StringComparison.Ordinal);
        Assert.Contains("rm \\\"C:\\\\temp\\\\staging\\\" -Force", sent[1], StringComparison.Ordinal);
        Assert.Contains("ls ", sent[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_scripts_what_may_not_be_listed_is_not_taken_for_gone()
    {
        var emulator = new FalconEmulator();
        emulator.Unlisted.Add(Staging);
        await using var world = await FalconWorlds.OpenAsync(Now, emulator: emulator, settings: new Dictionary<string, string?> { ["Scripts"] = "false", ["UnverifiedPaths"] = "allow", ["TimeoutSeconds"] = "2" });
        await world.Connection.FailsAsync(new DeleteFolder(Host, Staging), FailureKind.Conflict);
        await world.Connection.FailsAsync(new ListFolder(Host, Staging, Recurse: true), FailureKind.Conflict);
        await world.Connection.FailsAsync(new DeleteFile(Host, $"{Staging}\\budget.xlsx"), FailureKind.Conflict);
        Assert.Equal((0, 0), (world.Count("edr.delete_folder"), world.Count("edr.delete_file")));

        // Below a folder that is not there either, nothing is there.
        Assert.Equal(OutcomeKind.AlreadySo, (await world.Connection.DoAsync(new DeleteFolder(Host, @"C:\temp\no such\folder"))).Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("The command timed out on the host.")]
    public void What_is_no_listing_is_no_empty_folder(string printed) =>
        Assert.Equal(FailureKind.Invalid, Assert.Throws<ActionFailure>(() => PlainListing.Rows(printed).ToList()).Kind);

    [Fact]
    public async Task Without_scripts_a_folder_is_listed_by_ls_and_the_approved_list_still_holds()
    {
        await using var world = await FalconWorlds.OpenAsync(Now, settings: new Dictionary<string, string?> { ["Scripts"] = "false", ["UnverifiedPaths"] = "allow", ["TimeoutSeconds"] = "2" });
        var listed = await world.Connection.ReadAsync(new ListFolder(Host, Staging, Recurse: true));
        Assert.Equal((1247, 2_800_000_000), (listed.Count, listed.Bytes));
        await world.Connection.FailsAsync(new ListFolder(Host, @"C:\none"), FailureKind.NotFound);
        world.Estate.Happen(JsonDocument.Parse("""{"is":"file_written","host":"ENG-WS-045","folder":"C:\\temp\\staging\\late","name":"a long name that is longer than its column in ls.docx","content":"late"}""").RootElement);
        var (delete, step) = (new DeleteFolder(Host, Staging, listed.Manifest), world.Connection.Step("purge"));
        Assert.Equal(DeletionManifest.Outdated, (await world.Connection.FailsAsync(delete, FailureKind.Conflict)).Code);

        delete = delete with { Manifest = (await world.Connection.ReadAsync(new ListFolder(Host, Staging, Recurse: true))).Manifest };
        var before = await world.Connection.BeforeAsync(delete);
        Assert.Equal(ProbeVerdict.NotHappened, (await world.Connection.ProbeAsync(delete, step, before)).Verdict);
        world.Emulator!.Faults.Add(new WireFault { Method = "POST", Path = "active-responder-command", Do = WireFaultKind.DropAfterDoing, Times = 1 });
        Assert.Equal(FailureKind.Unknown, (await Assert.ThrowsAsync<ActionFailure>(() => world.Connection.DoAsync(delete, step))).Kind);
        Assert.Equal(ProbeVerdict.Happened, (await world.Connection.ProbeAsync(delete, step, before)).Verdict);
        Assert.Equal(1, world.Count("edr.delete_folder"));

        world.Estate.Happen(JsonDocument.Parse("""{"is":"file_written","host":"ENG-WS-045","folder":"C:\\temp\\staging","name":"new.docx","content":"new"}""").RootElement);
        Assert.Equal(ProbeVerdict.CannotTell, (await world.Connection.ProbeAsync(delete, step, before)).Verdict);
    }

    [Fact]
    public async Task Without_scripts_a_file_is_deleted_with_the_hash_that_falcons_own_command_reads()
    {
        const string finance = "a1b2c3d4e5f60718293a4b5c6d7e0012";
        const string path = @"C:\Users\Public\lockit.exe";
        await using var refused = await FalconWorlds.OpenAsync(Now, settings: new Dictionary<string, string?> { ["Scripts"] = "false" });
        await refused.Connection.FailsAsync(new DeleteFile(finance, path), FailureKind.RejectedByPolicy);

        await using var world = await FalconWorlds.OpenAsync(Now, settings: new Dictionary<string, string?> { ["Scripts"] = "false", ["UnverifiedPaths"] = "allow", ["TimeoutSeconds"] = "2" });
        await world.Connection.FailsAsync(new DeleteFile(finance, path, new string('0', 64)), FailureKind.Conflict);
        await world.Connection.FailsAsync(new DeleteFile(finance, @"C:\Users\Public"), FailureKind.Conflict);
        var hash = world.Estate.Read(company => company.Host(finance).Files.Find(path)!.Sha256);
        Assert.Equal(1478656, (await world.Connection.BeforeAsync(new DeleteFile(finance, path, hash)))!.State.Split(' ').Select(word => int.TryParse(word, out var number) ? number : 0).Max());
        Assert.True((await world.RecoverAsync(new DeleteFile(finance, path, hash), WireFaultKind.DropAfterDoing, "active-responder-command")).Gone);
        Assert.Equal(OutcomeKind.AlreadySo, (await world.Connection.DoAsync(new DeleteFile(finance, path, hash))).Kind);
        Assert.Equal(1, world.Count("edr.delete_file"));
    }

    /// <summary>A listing of the real product, where the folder with real data is there; and lines of our own, one with a name longer than its column.</summary>
    public static TheoryData<string, string[]> Listings
    {
        get
        {
            var head = $"Directory listing for C:\\ -\n\n{"Name",-40} {"Type",-12} Size (bytes)    Size (MB)       Last Modified (UTC+2)     Created (UTC+2)\n{"----",-40} ----         ------------    ---------       ---------------------     ---------------\n";
            var rows = new TheoryData<string, string[]>
            {
                { $"{head}{"my file.docx",-40} .docx        12              0               6/19/2023 4:11:43 PM      9/15/2018 10:19:00 AM\n", ["my file.docx 12"] },
                { $"{head}{new string('n', 50)}.docx .docx        7              0               6/19/2023 4:11:43 PM      9/15/2018 10:19:00 AM\n", [new string('n', 50) + ".docx 7"] },
            };
            if (Recording.Folder("transcribed") is { } folder)
            {
                var recorded = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "falcon-rtr-batch-ls.json"))).RootElement;
                rows.Add(recorded.GetProperty("combined").GetProperty("resources").GetProperty("host_id").GetProperty("stdout").GetString()!, ["$Recycle.Bin ", "Config.Msi "]);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Listings))]
    public void A_listing_of_falcons_own_is_read(string printed, string[] rows) =>
        Assert.Equal(rows, PlainListing.Rows(printed).Select(row => $"{row.Name} {row.Size}"));

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_path_is_in_no_command_of_falcons_own(string path) =>
        Assert.Equal(FailureKind.Invalid, Assert.Throws<ActionFailure>(() => PlainListing.Quote(path)).Kind);

    [Theory]
    [MemberData(nameof(Hostile))]
    public void In_a_script_it_is_base64_and_nothing_else(string path)
    {
        foreach (var windows in (bool[])[true, false])
        {
            var command = RtrScripts.Command(HostScript.Folder(path, deep: false), windows, "a1");
            Assert.DoesNotContain(path, command, StringComparison.Ordinal);
            Assert.Contains($"{(windows ? "-path " : "path=")}'{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(path))}'", command, StringComparison.Ordinal);
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
