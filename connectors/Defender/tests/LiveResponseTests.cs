using System.IO.Compression;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Responder.Connectors.Defender.Emulator;
using Responder.Connectors.Defender.LiveResponse;
using Responder.Connectors.Tests.Bench;
using Responder.Sdk;
using Responder.Sdk.Edr;
using Responder.Sdk.Edr.LiveResponse;
using Responder.Sdk.Emulation;

namespace Responder.Connectors.Defender.Tests;

/// <summary>Our scripts from Defender's library: put there once, compared each time, one order a machine, none left behind; lost answers are found by the orders themselves.</summary>
public sealed class LiveResponseTests
{
    private const string Host = "4f1c0de2a94b4c7a8e3d6b7f90a1c0454f1c0de2";
    private const string Finance = "a1b2c3d4e5f60718293a4b5c6d7e0012a1b2c3d4";
    private const string Staging = @"C:\temp\staging";
    private const string Orders = "/runliveresponse";
    private static readonly DateTimeOffset Now = new(2024, 2, 28, 19, 20, 0, TimeSpan.Zero);

    public static TheoryData<WireFaultKind> Losses => [WireFaultKind.DropAfterDoing, WireFaultKind.HangAfterDoing];

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task A_deleted_folder_is_known_by_its_order(WireFaultKind loss)
    {
        await using var world = await OpenAsync();
        var probed = await ProbedAsync(world, new DeleteFolder(Host, Staging), loss, "edr.delete_folder");
        Assert.Equal((1247L, 2_800_000_000L, true), (probed.Files, probed.Bytes, probed.Gone));
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task A_deleted_file_and_an_ended_process_are_too(WireFaultKind loss)
    {
        await using var world = await OpenAsync();
        Assert.Equal(1478656L, (await ProbedAsync(world, new DeleteFile(Finance, @"C:\Users\Public\lockit.exe"), loss, "edr.delete_file")).Bytes);
        await ProbedAsync(world, new KillProcess(Host, 4789, @"C:\Windows\System32\cmd.exe", new DateTimeOffset(2024, 2, 28, 18, 59, 52, TimeSpan.Zero)), loss, "edr.kill_process");
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task A_look_whose_answer_is_lost_is_not_in_its_own_way_and_a_file_is_fetched_again(WireFaultKind loss)
    {
        await using var world = await OpenAsync();
        world.Emulator!.Faults.Add(new WireFault { Method = "POST", Path = Orders, Do = loss, Times = 1 });
        Assert.Equal(1247, (await world.Connection.ReadAsync(new ListFolder(Host, Staging))).Count);

        world.Emulator.Faults.Add(new WireFault { Method = "POST", Path = Orders, Do = loss, Times = 1 });
        var collect = new CollectFile(Host, Staging + @"\Passwords.kdbx");
        Assert.Equal(FailureKind.Unknown, (await Assert.ThrowsAsync<ActionFailure>(() => world.Connection.DoAsync(collect))).Kind);
        world.Time!.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2191360, (await world.Connection.ReadAsync(collect)).Size);
    }

    [Fact]
    public async Task A_deletion_that_never_reached_defender_did_not_happen()
    {
        await using var world = await OpenAsync();
        var (delete, step) = (new DeleteFolder(Host, Staging), world.Connection.Step("purge"));
        world.Emulator!.Faults.Add(new WireFault { Method = "POST", Path = Orders, Do = WireFaultKind.Drop, After = 1, Times = 1 });
        Assert.Equal(FailureKind.Unknown, (await Assert.ThrowsAsync<ActionFailure>(() => world.Connection.DoAsync(delete, step))).Kind);
        Assert.Equal(ProbeVerdict.NotHappened, (await world.Connection.ProbeAsync(delete, step)).Verdict);
        Assert.Equal(1247, (await world.Connection.DoAsync(delete, step)).Value.Files);
        Assert.Equal(1, world.Count("edr.delete_folder"));
    }

    [Fact]
    public async Task An_order_that_was_lost_and_waits_for_a_machine_is_taken_back_and_never_runs_later()
    {
        await using var world = await OpenAsync();
        var (delete, step) = (new DeleteFolder(Host, Staging), world.Connection.Step("purge", atGate: () => Online(world, false)));
        world.Emulator!.Faults.Add(new WireFault { Method = "POST", Path = Orders, Do = WireFaultKind.DropAfterDoing, After = 1, Times = 1 });
        Assert.Equal(FailureKind.Unknown, (await Assert.ThrowsAsync<ActionFailure>(() => world.Connection.DoAsync(delete, step))).Kind);
        Assert.Equal(FailureKind.Offline, (await Assert.ThrowsAsync<ActionFailure>(() => world.Connection.ProbeAsync(delete, step))).Kind);
        Online(world, true);
        world.Time!.Advance(TimeSpan.FromHours(1));
        Assert.Equal(ProbeVerdict.NotHappened, (await world.Connection.ProbeAsync(delete, step)).Verdict);
        Assert.Equal(0, world.Count("edr.delete_folder"));
    }

    [Fact]
    public async Task An_order_of_somebody_else_stands_in_the_way_for_a_while()
    {
        await using var world = await OpenAsync();
        using var http = SignedIn(world);
        var theirs = new { Comment = "By hand", Commands = new[] { new { type = "RunScript", @params = new[] { new { key = "ScriptName", value = "hello.ps1" } } } } };
        var answer = await http.PostAsJsonAsync(new Uri(world.Emulator!.Url, $"api/machines/{Host}/runliveresponse"), theirs, JsonSerializerOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal(201, (int)answer.StatusCode);
        var failure = await world.Connection.FailsAsync(new ListFolder(Host, Staging), FailureKind.Transient);
        Assert.Equal(("ActiveRequestAlreadyExists", TimeSpan.FromSeconds(30)), (failure.Code, failure.RetryAfter));
        await world.Connection.FailsAsync(new CollectFile(Host, Staging + @"\Passwords.kdbx"), FailureKind.Transient);
        world.Time!.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1247, (await world.Connection.ReadAsync(new ListFolder(Host, Staging))).Count);
    }

    [Fact]
    public async Task Each_script_is_put_into_the_library_once_and_one_that_somebody_changed_is_not_run()
    {
        await using var world = await OpenAsync();
        await world.Connection.ReadAsync(new ListFolder(Host, Staging));
        await world.Connection.ReadAsync(new ListFolder(Host, Staging));
        Assert.Equal(1, world.Emulator!.Calls.Count("POST", "/api/libraryfiles"));

        using var http = SignedIn(world);
        using var form = new MultipartFormDataContent { { new StringContent("true"), "OverrideIfExists" }, { new ByteArrayContent("Remove-Item C:\\ -Recurse"u8.ToArray()), "file", ScriptLibrary.NameOf("folder") } };
        (await http.PostAsync(new Uri(world.Emulator.Url, "api/libraryfiles"), form, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        var orders = world.Emulator.Calls.All.Count(call => call.Path.EndsWith(Orders, StringComparison.Ordinal));
        var failure = await world.Connection.FailsAsync(new DeleteFolder(Host, Staging), FailureKind.Forbidden);
        Assert.Equal("script_changed", failure.Code);
        Assert.Equal((0, orders), (world.Count("edr.delete_folder"), world.Emulator.Calls.All.Count(call => call.Path.EndsWith(Orders, StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Without_the_permission_it_is_named()
    {
        var emulator = new DefenderEmulator();
        emulator.Roles.Remove("Library.Manage");
        await using var world = await DefenderWorlds.OpenAsync(Now, emulator: emulator);
        Assert.Contains("Library.Manage", (await world.Connection.FailsAsync(new ListFolder(Host, Staging), FailureKind.Forbidden)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_are_base64_and_nothing_else()
    {
        await using var world = await OpenAsync();
        const string hostile = "C:\\temp\\a'; Remove-Item $home; #";
        await world.Connection.FailsAsync(new ListFolder(Host, hostile), FailureKind.NotFound);
        var sent = world.Emulator!.Calls.All.Single(call => call.Path.EndsWith(Orders, StringComparison.Ordinal)).Body!;
        Assert.DoesNotContain("Remove-Item", sent, StringComparison.Ordinal);
        Assert.Contains("-path " + Convert.ToBase64String(Encoding.UTF8.GetBytes(hostile)), Json(sent), StringComparison.Ordinal);
        Assert.All(ScriptText.Names, name => Assert.True(Ascii.IsValid(ScriptText.Body(name, windows: true)), $"{name}.ps1 is read by Windows PowerShell in another encoding"));
    }

    [Fact]
    public void An_upload_is_taken_in_the_form_that_has_the_hash()
    {
        var content = "what was there"u8.ToArray();
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry("a.txt").Open();
            entry.Write(content);
        }

        using var gzip = new MemoryStream();
        using (var packer = new GZipStream(gzip, CompressionMode.Compress, leaveOpen: true))
        {
            packer.Write(content);
        }

        Assert.All((byte[][])[content, zip.ToArray(), gzip.ToArray()], body => Assert.Equal(content, Uploaded.Find(body, hash)));
        Assert.All((byte[][])[[], [.. content, 1], [(byte)'P', (byte)'K', 3, 4], [0x1F, 0x8B, 8]], body => Assert.Null(Uploaded.Find(body, hash)));
    }

    private static string Json(string body) => JsonDocument.Parse(body).RootElement.GetProperty("Commands")[0].GetProperty("params").EnumerateArray().Single(one => one.GetProperty("key").ValueEquals("Args")).GetProperty("value").GetString()!;

    private static Task<World> OpenAsync() => DefenderWorlds.OpenAsync(Now, settings: new() { ["TimeoutSeconds"] = "2" });

    private static void Online(World world, bool online) =>
        world.Estate.Happen(JsonDocument.Parse($$"""{"is":"host_connected","host":"ENG-WS-045","online":{{(online ? "true" : "false")}}}""").RootElement);

    /// <summary>Somebody else, with a token of the same emulator.</summary>
    private static HttpClient SignedIn(World world)
    {
        var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", world.Emulator!.Line["token"]!.GetValue<string>());
        return http;
    }

    private static async Task<TResult> ProbedAsync<TResult>(World world, IAction<TResult> action, WireFaultKind loss, string effect)
    {
        var step = world.Connection.Step(effect);

        // A look comes before the order that acts.
        world.Emulator!.Faults.Add(new WireFault { Method = "POST", Path = Orders, Do = loss, After = 1, Times = 1 });
        Assert.Equal(FailureKind.Unknown, (await Assert.ThrowsAsync<ActionFailure>(() => world.Connection.DoAsync(action, step))).Kind);
        world.Emulator.Faults.Clear();
        world.Time!.Advance(TimeSpan.FromMinutes(1));
        var probed = await world.Connection.ProbeAsync(action, step);
        Assert.Equal(ProbeVerdict.Happened, probed.Verdict);
        Assert.Equal(1, world.Count(effect));
        return probed.Result!;
    }
}
