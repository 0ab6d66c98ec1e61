using Responder.Sdk.Estate;

namespace Responder.Sdk.Tests.Estate;

public sealed class HostFilesTests
{
    private static HostFiles Disk() => EstateDefinition.Parse(
        """
        hosts:
          A:
            folders:
              C:\Temp\One: { files: { a: { name: a.txt, content: hello } } }
              C:\Temp\One\Deep: { files: { b: { name: b.txt, bytes: 7 } } }
            links:
              C:\Temp\Jump: { target: 'C:\Temp\One' }
              C:\Temp\One\Back: { target: 'C:\Temp' }
              C:\Ring\A: { target: 'C:\Ring\B' }
              C:\Ring\B: { target: 'C:\Ring\A' }
            short_names: { 'C:\TEMP~1': 'C:\Temp' }
        """,
        "disk.yaml").Make().Hosts["A"].Files;

    [Theory]
    [InlineData(@"c:\temp\one", @"C:\Temp\One", 0)]
    [InlineData(@"C:\TEMP~1\one\deep", @"C:\Temp\One\Deep", 0)]
    [InlineData(@"C:\temp\jump\deep", @"C:\Temp\One\Deep", 1)]
    [InlineData(@"C:\Temp\Jump\Back\One", @"C:\Temp\One", 2)]
    [InlineData(@"C:\Temp\New", @"C:\Temp\New", 0)]
    public void A_path_leads_where_the_host_says(string path, string real, int links)
    {
        var resolved = Disk().Resolve(path);
        Assert.Equal((real, links), (resolved.Path, resolved.ReparsePoints.Count));
    }

    [Fact]
    public void Links_that_lead_round_in_a_ring_are_refused() =>
        Assert.Contains(@"C:\Ring\A", Assert.Throws<ActionFailure>(() => Disk().Resolve(@"C:\Ring\A\x")).Message, StringComparison.Ordinal);

    [Fact]
    public void Folders_files_and_links_are_listed_and_links_not_followed()
    {
        var disk = Disk();
        Assert.Equal(["a.txt"], disk.List(@"C:\Temp\One", recurse: false).Select(file => file.Name));
        Assert.Equal(["a.txt", "b.txt"], disk.List(@"C:\Temp", recurse: true).Select(file => file.Name));
        Assert.Equal([@"C:\Temp\Jump", @"C:\Temp\One\Back"], disk.LinksBelow(@"C:\Temp"));
        Assert.Equal(5, disk.Find(@"C:\temp\one\A.TXT")!.Size);
        Assert.True(disk.FolderExists(@"C:\"));
        Assert.False(disk.FolderExists(@"C:\Tem"));
    }

    [Fact]
    public void What_was_deleted_is_gone_and_what_is_made_anew_is_empty_but_for_the_new()
    {
        var disk = Disk();
        disk.DeleteFolder(@"C:\Temp\One");
        Assert.False(disk.FolderExists(@"C:\Temp\One\Deep"));
        Assert.True(disk.FolderExists(@"C:\Temp"));
        Assert.Null(disk.Find(@"C:\Temp\One\a.txt"));
        disk.Write(new HostFile(@"C:\Temp\One", "new.txt", 3, null, null, null, "new"));
        Assert.Equal(["new.txt"], disk.List(@"C:\Temp\One", recurse: true).Select(file => file.Name));
        disk.DeleteFile(@"C:\Temp\One\NEW.txt");
        Assert.Empty(disk.List(@"C:\Temp\One", recurse: true));
        Assert.True(disk.FolderExists(@"C:\Temp\One"));
    }
}
