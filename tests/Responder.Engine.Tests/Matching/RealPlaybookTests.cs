using Responder.Engine.Alerts;
using Responder.Engine.Matching;
using Responder.Engine.Tests.Alerts;
using Responder.Playbooks.Language;

namespace Responder.Engine.Tests.Matching;

/// <summary>The playbooks that come with the program, met by alerts on their way from raw events.</summary>
public sealed class RealPlaybookTests
{
    private static readonly Matcher Playbooks = new(PlaybookLibrary.Load(Repository.Path("playbooks"), ReadOptions.Neutral).Playbooks.Values);

    [Fact]
    public void The_sample_of_the_case_starts_its_playbook_with_all_inputs()
    {
        var alert = Sources.One("sysmon", File.ReadAllText(Repository.Path("playbooks/t1074-data-staged/alerts/sysmon-data-staged.json")));

        var start = Assert.Single(Playbooks.Match(alert, Sources.Received).Starts);

        Assert.Equal("t1074-data-staged", start.Playbook.Id);
        Assert.Equal(@"C:\temp\staging", start.Inputs.GetProperty("staging_dir").GetString());
        Assert.Equal("alexchen@company.com", start.Inputs.GetProperty("user").GetString());
        Assert.Equal("host/eng-ws-045", start.ConcurrencyKey);
    }

    [Theory]
    [InlineData(@"for /r C:\Users\alexchen %i in (*.docx) do copy %i C:\temp\staging\", true)]
    [InlineData(@"xcopy C:\src D:\backup /s", false)]
    [InlineData(@"""C:\Windows\System32\cmd.exe"" /c tasklist /svc > processes.txt", false)]
    public void One_event_that_tells_of_staging_starts_it_and_common_work_starts_nothing(string cmdLine, bool starts)
    {
        var result = Playbooks.Match(Sources.One("sysmon", Staging.ProcessCreated(cmdLine)), Sources.Received);

        Assert.Equal(starts ? ["t1074-data-staged"] : [], result.Starts.Select(one => one.Playbook.Id));
        Assert.Empty(result.Explanation.Failed);
    }

    [Fact]
    public void Counted_events_start_it_once_and_the_events_themselves_do_not()
    {
        var events = Sources.Normalizer.Normalize("sysmon", Staging.Body(Staging.Case()), Sources.Received).Alerts;
        var counted = new WindowCounter(Responder.Playbooks.Mappings.BuiltInMappings.Read(), Sources.Normalizer).Observe(events, Sources.Received).Alerts;

        Assert.All(events.Take(50), alert => Assert.Empty(Playbooks.Match(alert, Sources.Received).Starts));
        Assert.Equal("t1074-data-staged", Assert.Single(Playbooks.Match(Assert.Single(counted), Sources.Received).Starts).Playbook.Id);
    }

    [Fact]
    public void Of_the_real_events_the_loop_starts_it_and_the_benign_folder_starts_nothing()
    {
        if (RealData.Folder is not { } folder)
        {
            Assert.Empty(Playbooks.Match(Sources.One("sysmon", Staging.FileCreated(1, @"C:\Users\n\AppData\Local\Temp\RPT1.tmp\CabFolder\a.etl", Staging.Start)), Sources.Received).Starts);
            return;
        }

        var benign = Read(folder, "LSASS_campaign_02*");
        var loop = Assert.Single(Read(folder, "Panache*.xml"));

        Assert.Equal(55, benign.Count);
        Assert.All(benign, alert => Assert.Empty(Playbooks.Match(alert, Sources.Received).Starts));
        Assert.Equal("t1074-data-staged", Assert.Single(Playbooks.Match(loop, Sources.Received).Starts).Playbook.Id);
    }

    private static IReadOnlyList<Alert> Read(string folder, string pattern) =>
        Sources.Normalizer.Normalize("sysmon", File.ReadAllBytes(Directory.GetFiles(folder, pattern, SearchOption.AllDirectories)[0]), Sources.Received).Alerts;
}
