using System.Text.Json;
using Responder.Connectors.Tests.Bench;
using Responder.Sdk;
using Responder.Sdk.Edr;

namespace Responder.Connectors.Tests.Contracts;

/// <summary>Deletion, which can't be taken back: it refuses whatever was not meant, and says what went.</summary>
public abstract class EdrDeletionContract : ContractSuite
{
    private const string Staging = @"C:\temp\staging";

    private static async Task<string> HostAsync(World world, string name = "ENG-WS-045") => (await world.Connection.ReadAsync(new FindHost(name))).Id;

    private static void Happens(World world, string change) => world.Estate.Happen(JsonDocument.Parse(change).RootElement);

    [Fact]
    public async Task The_folder_goes_with_all_that_was_listed_and_a_look_afterwards_finds_it_gone()
    {
        await using var world = await OpenAsync();
        var host = await HostAsync(world);
        var listed = await world.Connection.ReadAsync(new ListFolder(host, Staging, Recurse: true));
        var step = world.Connection.Step();
        var delete = new DeleteFolder(host, Staging + @"\", listed.Manifest);
        Assert.Equal(ProbeVerdict.NotHappened, (await world.Connection.ProbeAsync(delete, step)).Verdict);
        var done = await world.Connection.DoAsync(delete, step);
        Assert.Equal((OutcomeKind.Done, Staging, 1247L, 2_800_000_000L, true), (done.Kind, done.Value.Path, done.Value.Files, done.Value.Bytes, done.Value.Gone));
        Assert.Empty(done.Value.Left);
        Assert.Contains(step.Reports, report => report is { Done: 1247, Total: 1247, Unit: "files" });
        await world.Connection.FailsAsync(new ListFolder(host, Staging), FailureKind.NotFound);

        var probed = await world.Connection.ProbeAsync(delete, step);
        Assert.Equal((ProbeVerdict.Happened, 1247L, 2_800_000_000L), (probed.Verdict, probed.Result!.Files, probed.Result.Bytes));
        Assert.Equal(OutcomeKind.AlreadySo, (await world.Connection.DoAsync(delete)).Kind);
        Assert.Equal(1, world.Count("edr.delete_folder"));
        Assert.Equal(456, (await world.Connection.ReadAsync(new ListFolder(host, @"C:\Users\alexchen\Documents\ProjectX"))).Count);
    }

    [Theory]
    [InlineData(@"C:\")]
    [InlineData(@"C:\Windows\Temp\..\..")]
    [InlineData(@"C:\temp\.\staging")]
    [InlineData(@"\\srv\share")]
    [InlineData(@"\\?\C:\temp\staging")]
    [InlineData(@"C:/temp/staging")]
    [InlineData(@"C:\Users\ALEXCH~1\Documents")]
    [InlineData(@"C:\temp\stag*")]
    [InlineData(@"%TEMP%")]
    [InlineData(@"C:\temp\staging:stream")]
    [InlineData(@"C:\temp\staging ")]
    [InlineData(@"C:\temp\staging.")]
    [InlineData("C:\\temp\\sta\u200Bging")]
    [InlineData(@"temp\staging")]
    public async Task A_path_that_is_no_plain_folder_is_invalid(string path)
    {
        await using var world = await OpenAsync();
        await world.Connection.FailsAsync(new DeleteFolder(await HostAsync(world), path), FailureKind.Invalid);
        Assert.Equal(0, world.Count("edr.delete_folder"));
    }

    [Fact]
    public async Task No_reparse_point_is_followed_neither_in_the_path_nor_below_it()
    {
        await using var world = await OpenAsync();
        var host = await HostAsync(world);
        var inPath = await world.Connection.FailsAsync(new DeleteFolder(host, @"C:\temp\mirror\ProjectX"), FailureKind.Conflict);
        Assert.Contains(@"C:\temp\mirror", inPath.Message, StringComparison.Ordinal);
        var below = await world.Connection.FailsAsync(new DeleteFolder(host, @"C:\temp"), FailureKind.Conflict);
        Assert.Contains(@"C:\temp\mirror", below.Message, StringComparison.Ordinal);
        var mounted = await world.Connection.FailsAsync(new DeleteFolder(host, @"C:\Users\Public\Backup\all"), FailureKind.Conflict);
        Assert.Contains(@"C:\Users\Public\Backup", mounted.Message, StringComparison.Ordinal);
        Assert.Equal(0, world.Count("edr.delete_folder"));
    }

    [Fact]
    public async Task A_file_that_was_not_approved_stops_it_and_is_named()
    {
        await using var world = await OpenAsync();
        var host = await HostAsync(world);
        var listed = await world.Connection.ReadAsync(new ListFolder(host, Staging, Recurse: true));
        Happens(world, """{"is":"file_written","host":"ENG-WS-045","folder":"C:\\temp\\staging","name":"late.docx","content":"late"}""");
        var failure = await world.Connection.FailsAsync(new DeleteFolder(host, Staging, listed.Manifest), FailureKind.Conflict);
        Assert.Contains("late.docx", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, world.Count("edr.delete_folder"));
        Assert.Equal(ProbeVerdict.CannotTell, (await world.Connection.ProbeAsync(new DeleteFolder(host, Staging, listed.Manifest), world.Connection.Step())).Verdict);

        var again = await world.Connection.ReadAsync(new ListFolder(host, Staging, Recurse: true));
        Assert.Equal(1248, (await world.Connection.ReadAsync(new DeleteFolder(host, Staging, again.Manifest))).Files);
    }

    [Fact]
    public async Task A_file_that_changed_since_it_was_approved_stops_it_and_one_that_is_missing_does_not()
    {
        await using var world = await OpenAsync();
        var host = await HostAsync(world);
        var listed = await world.Connection.ReadAsync(new ListFolder(host, Staging, Recurse: true));
        Happens(world, """{"is":"file_gone","host":"ENG-WS-045","path":"C:\\temp\\staging\\Passwords.kdbx","bytes":2191360}""");
        Happens(world, """{"is":"file_written","host":"ENG-WS-045","folder":"C:\\temp\\staging","name":"Desktop-001.docx","content":"other"}""");
        var failure = await world.Connection.FailsAsync(new DeleteFolder(host, Staging, listed.Manifest), FailureKind.Conflict);
        Assert.Contains("Desktop-001.docx", failure.Message, StringComparison.Ordinal);
        Happens(world, """{"is":"file_gone","host":"ENG-WS-045","path":"C:\\temp\\staging\\Desktop-001.docx","bytes":5}""");
        Assert.Equal(1245, (await world.Connection.ReadAsync(new DeleteFolder(host, Staging, listed.Manifest))).Files);
    }

    [Fact]
    public async Task Nothing_is_queued_for_an_offline_host()
    {
        await using var world = await OpenAsync();
        var host = await HostAsync(world, "SALES-LT-031");
        await world.Connection.FailsAsync(new DeleteFolder(host, Staging), FailureKind.Offline);
        await world.Connection.FailsAsync(new DeleteFile(host, Staging + @"\export-01.xlsx"), FailureKind.Offline);
        Happens(world, """{"is":"host_connected","host":"SALES-LT-031","online":true}""");
        Assert.Equal(20, (await world.Connection.ReadAsync(new ListFolder(host, Staging))).Count);
    }

    [Fact]
    public async Task A_file_is_deleted_only_with_the_hash_it_must_have()
    {
        await using var world = await OpenAsync();
        var host = await HostAsync(world, "FIN-WS-012");
        const string path = @"C:\Users\Public\lockit.exe";
        await world.Connection.FailsAsync(new DeleteFile(host, path, new string('0', 64)), FailureKind.Conflict);
        await world.Connection.FailsAsync(new DeleteFile(host, @"C:\Users\Public"), FailureKind.Conflict);
        var hash = (await world.Connection.ReadAsync(new CollectFile(host, path))).Sha256;
        var step = world.Connection.Step();
        var delete = new DeleteFile(host, path, hash);
        Assert.Equal(ProbeVerdict.NotHappened, (await world.Connection.ProbeAsync(delete, step)).Verdict);
        Assert.Equal(new FileDeleted(path, 1478656, true), (await world.Connection.DoAsync(delete, step)).Value);
        Assert.Equal(ProbeVerdict.Happened, (await world.Connection.ProbeAsync(delete, step)).Verdict);
        Assert.Equal(OutcomeKind.AlreadySo, (await world.Connection.DoAsync(delete)).Kind);
        Assert.Equal(1, world.Count("edr.delete_file"));
    }
}
