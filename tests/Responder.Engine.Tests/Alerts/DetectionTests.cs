using Responder.Engine.Alerts;
using Responder.Playbooks.Mappings;
using Responder.Playbooks.Mappings.Sigma;

namespace Responder.Engine.Tests.Alerts;

public sealed class DetectionTests
{
    [Theory]
    [InlineData(@"""C:\Windows\system32\cmd.exe"" /c ""for /R c: %%f in (*.docx) do copy %%f c:\temp\""", @"c:\temp")]
    [InlineData(@"for /r C:\Users\alexchen %i in (*.docx *.xlsx) do copy %i C:\temp\staging\", @"C:\temp\staging")]
    [InlineData(@"xcopy C:\Users\ann\Documents ""C:\Users\Public\my docs"" /s /e", @"C:\Users\Public\my docs")]
    [InlineData(@"robocopy.exe \\srv\r&d C:\ProgramData\out /mir", @"C:\ProgramData\out")]
    public void A_mass_copy_into_a_staging_folder_is_an_alert_at_once(string cmdLine, string folder)
    {
        var alert = Sources.One("sysmon", Staging.ProcessCreated(cmdLine));

        Assert.False(alert.IsEvent);
        Assert.Contains("T1074.001", alert.Attack);
        Assert.InRange(alert.SeverityScore!.Value, 70, 100);
        Assert.Equal(folder, alert.File.ParentFolder);
    }

    [Theory]
    [InlineData(@"rar a -r -hpsecret C:\Users\Public\x.rar C:\Users\ann", @"C:\tools\rar.exe", @"C:\Users\Public")]
    [InlineData(@"7z a -tzip ""C:\temp\o u t.7z"" D:\docs", @"C:\tools\7z.exe", @"C:\temp")]
    [InlineData(@"powershell Compress-Archive -Path C:\docs -DestinationPath $env:TEMP\o.zip", @"C:\w\powershell.exe", @"$env:TEMP")]
    public void An_archive_there_is_too(string cmdLine, string image, string folder)
    {
        var alert = Sources.One("sysmon", Staging.ProcessCreated(cmdLine, image));

        Assert.Equal(["T1074.001", "T1560.001"], alert.Attack);
        Assert.Equal(folder, alert.File.ParentFolder);
    }

    [Theory]
    [InlineData(@"xcopy C:\src D:\backup /s")]
    [InlineData(@"for /r C:\temp %i in (*.log) do del %i")]
    [InlineData(@"robocopy C:\temp\build D:\release")]
    [InlineData(@"copy C:\temp\a.txt D:\")]
    [InlineData(@"""C:\Windows\System32\cmd.exe"" /c gpresult /scope:computer /v 1> config\gpresult.txt 2>&1")]
    public void Common_work_is_an_event(string cmdLine)
    {
        var alert = Sources.One("sysmon", Staging.ProcessCreated(cmdLine));

        Assert.True(alert.IsEvent);
        Assert.Empty(alert.Attack);
        Assert.Equal(AlertSeverity.Informational, alert.Severity);
    }

    [Fact]
    public void Rules_handed_in_judge_events_too_and_the_most_severe_names_the_alert()
    {
        const string rules = """
            title: Explorer starts a shell
            id: a
            logsource: { product: windows, category: process_creation }
            detection: { sel: { ParentImage|endswith: '\explorer.exe' }, condition: sel }
            level: low
            tags: [attack.t1059.003]
            ---
            title: Loop
            id: b
            logsource: { product: windows, category: process_creation }
            detection: { sel: { CommandLine|startswith: for }, condition: sel }
            level: critical
            tags: [attack.t1119]
            """;
        var normalizer = new AlertNormalizer(BuiltInMappings.Read(), rules: SigmaReader.Read(rules, "own.yml"));

        var alert = Assert.Single(normalizer.Normalize("sysmon", Staging.ProcessCreated("for /l %i in (1,1,9) do echo"), Sources.Received).Alerts);

        Assert.Equal(("Loop", AlertSeverity.Critical), (alert.Title, alert.Severity));
        Assert.Equal(["T1119", "T1059.003"], alert.Attack);
        Assert.Contains("rule: Explorer starts a shell (a) matched too.", alert.Notes);
    }

    [Fact]
    public void Real_benign_staging_starts_nothing_and_the_real_loop_does()
    {
        if (RealData.Folder is not { } folder)
        {
            Assert.True(Sources.One("sysmon", Staging.FileCreated(1, @"C:\Users\n\AppData\Local\Temp\RPT1.tmp\CabFolder\a.etl", Staging.Start)).IsEvent);
            return;
        }

        var benign = Sources.Normalizer.Normalize("sysmon", File.ReadAllBytes(Directory.GetFiles(folder, "LSASS_campaign_02*", SearchOption.AllDirectories)[0]), Sources.Received);
        var loop = Assert.Single(Sources.Normalizer.Normalize("sysmon", File.ReadAllBytes(Directory.GetFiles(folder, "Panache*.xml", SearchOption.AllDirectories)[0]), Sources.Received).Alerts);

        Assert.Equal(55, benign.Alerts.Count);
        Assert.All(benign.Alerts, alert => Assert.True(alert.IsEvent));
        Assert.Empty(new WindowCounter(BuiltInMappings.Read(), Sources.Normalizer).Observe(benign.Alerts, Sources.Received).Alerts);
        Assert.Contains("T1074.001", loop.Attack);
        Assert.InRange(loop.SeverityScore!.Value, 70, 100);
        Assert.Equal(("MSEDGEWIN10", @"c:\temp"), (loop.Device.Hostname, loop.File.ParentFolder));
    }
}
