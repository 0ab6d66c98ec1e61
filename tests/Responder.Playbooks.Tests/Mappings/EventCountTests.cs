using Responder.Playbooks.Mappings;

namespace Responder.Playbooks.Tests.Mappings;

public sealed class EventCountTests
{
    private static readonly EventCount Count = BuiltInMappings.Read().Single(one => one.Source == "sysmon").Counts.Single(one => one.Id == "mass-file-copy");

    [Theory]
    [InlineData(@"C:\temp", @"C:\temp")]
    [InlineData(@"C:\Temp\staging", @"C:\Temp\staging")]
    [InlineData(@"D:\temp\staging\a\b", @"D:\temp\staging")]
    [InlineData(@"C:\Users\ann\AppData\Local\Temp\x\y", @"C:\Users\ann\AppData\Local\Temp\x")]
    [InlineData(@"C:\Users\ann\Documents", null)]
    [InlineData(@"C:\temporary\x", null)]
    [InlineData(@"C:\ProgramData\Microsoft\Search\x", null)]
    [InlineData(@"C:\Users\n\AppData\Local\Temp\RPT1.tmp\CabFolder\Reg", null)]
    public void A_folder_counts_for_the_child_of_its_root(string folder, string? counted) => Assert.Equal(counted, Count.FolderOf(folder, @"C:\Windows\System32\cmd.exe"));

    [Theory]
    [InlineData(@"C:\Windows\System32\msiexec.exe")]
    [InlineData(@"C:\Windows\WinSxS\amd64_x\TiWorker.exe")]
    [InlineData(@"C:\Program Files\Windows Defender\MsMpEng.exe")]
    public void Programs_that_fill_folders_by_their_nature_are_not_counted(string image) => Assert.Null(Count.FolderOf(@"C:\temp\x", image));
}
