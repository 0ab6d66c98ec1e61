using Responder.Connectors.Tests.Bench;
using Responder.Sdk;
using Responder.Sdk.Edr;

namespace Responder.Connectors.Tests.Contracts;

/// <summary>Processes and folders, as they are on the host now.</summary>
public abstract class EdrReadsContract : ContractSuite
{
    protected const string Staging = @"C:\temp\staging";

    protected static async Task<string> HostAsync(World world, string name = "ENG-WS-045") => (await world.Connection.ReadAsync(new FindHost(name))).Id;

    [Fact]
    public async Task A_process_comes_with_its_parents_and_children()
    {
        await using var world = await OpenAsync();
        var found = await world.Connection.ReadAsync(new GetProcess(await HostAsync(world), 4789));
        Assert.Equal(@"C:\Windows\System32\cmd.exe", found.Process.Image);
        Assert.StartsWith(@"for /r C:\Users\alexchen", found.Process.CmdLine, StringComparison.Ordinal);
        Assert.Equal(@"C:\Windows\explorer.exe", found.Parents[0].Image);
        Assert.Single(found.Children);
        Assert.EndsWith("explorer.exe → cmd.exe", found.Chain, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pid_that_is_another_program_now_is_not_found()
    {
        await using var world = await OpenAsync();
        var host = await HostAsync(world);
        await world.Connection.FailsAsync(new GetProcess(host, 4789, "notepad.exe"), FailureKind.NotFound);
        await world.Connection.FailsAsync(new GetProcess(host, 99999), FailureKind.NotFound);
    }

    [Fact]
    public async Task The_staging_folder_holds_what_the_case_says()
    {
        await using var world = await OpenAsync();
        var listed = await world.Connection.ReadAsync(new ListFolder(await HostAsync(world), Staging + @"\", Recurse: true));
        Assert.Equal(Staging, listed.Path);
        Assert.Equal((1247, 2_800_000_000), (listed.Count, listed.Bytes));
        Assert.Equal([".docx", ".ipynb", ".kdbx", ".pdf", ".py", ".xlsx"], listed.Extensions);
        Assert.Equal(1, listed.ByExtension[".kdbx"]);
        Assert.Equal(10, listed.Largest.Count);
        Assert.Equal(new DateTimeOffset(2024, 2, 28, 19, 0, 0, TimeSpan.Zero), listed.OldestAt);
        Assert.Equal(new DateTimeOffset(2024, 2, 28, 19, 15, 0, TimeSpan.Zero), listed.NewestAt);
        var manifest = world.Connection.Manifest<List<FileEntry>>(listed.Manifest);
        Assert.Equal((1247, 2_800_000_000), (manifest.Count, manifest.Sum(file => file.Size)));
        Assert.All(manifest, file => Assert.Matches("^[0-9a-f]{64}$", file.Sha256!));
    }

    [Fact]
    public async Task What_is_not_there_is_not_found_and_what_is_offline_is_offline()
    {
        await using var world = await OpenAsync();
        await world.Connection.FailsAsync(new ListFolder(await HostAsync(world), @"C:\temp\nothing"), FailureKind.NotFound);
        var offline = await HostAsync(world, "SALES-LT-031");
        await world.Connection.FailsAsync(new ListFolder(offline, Staging), FailureKind.Offline);
        await world.Connection.FailsAsync(new ListProcesses(offline), FailureKind.Offline);
        await world.Connection.FailsAsync(new ListFolder("ffffffffffffffffffffffffffffffff", Staging), FailureKind.NotFound);
    }
}
