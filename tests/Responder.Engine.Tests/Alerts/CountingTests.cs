using System.Text.Json;
using Responder.Engine.Alerts;
using Responder.Playbooks.Mappings;

namespace Responder.Engine.Tests.Alerts;

public sealed class CountingTests
{
    private readonly WindowCounter _counter = Counter();

    [Fact]
    public void The_cases_1247_events_are_one_alert_as_the_write_up_has_it()
    {
        var events = Staging.Case();
        events.Insert(0, Staging.ProcessCreated(@"cmd /v for /r C:\Users\alexchen %i in (*.docx *.xlsx *.pdf *.py *.ipynb) do print %i"));

        var result = Observe(_counter, events);

        var alert = Assert.Single(result.Alerts);
        Assert.Equal(1247, result.Counted.Count);
        Assert.Equal("Mass File Copy to Staging Directory", alert.Title);
        Assert.Equal(("ENG-WS-045", @"C:\temp\staging", 1247L, 85), (alert.Device.Hostname, alert.File.ParentFolder, alert.Counts.Files, alert.SeverityScore));
        Assert.Equal(["T1074.001"], alert.Attack);
        Assert.Equal((4789L, "alexchen", "COMPANY"), (alert.Process.Pid, alert.User.Name, alert.User.Domain));
        Assert.Contains("for /r", alert.Process.CmdLine, StringComparison.Ordinal);
        Assert.Equal(1, alert.Raw.GetProperty("staging").GetProperty("types").GetProperty(".kdbx").GetInt32());
        Assert.Equal(@"C:\Users\alexchen", alert.Raw.GetProperty("staging").GetProperty("source_folders")[0].GetProperty("path").GetString());
        Assert.False(alert.IsEvent);
    }

    [Fact]
    public void Trickling_in_it_is_told_when_it_passes_the_mark_and_when_it_doubles_under_one_id()
    {
        var alerts = Staging.Case().Chunk(50).SelectMany(chunk => Observe(_counter, chunk).Alerts).ToList();

        Assert.Equal([250L, 500L, 1000L], alerts.Select(alert => alert.Counts.Files!.Value));
        Assert.Single(alerts.Select(alert => alert.SourceId).Distinct());
        Assert.Equal(3, alerts.Select(alert => alert.DeliveryKey).Distinct().Count());
    }

    [Fact]
    public void Repeated_and_late_events_change_nothing()
    {
        var events = Staging.Case();
        var first = Observe(_counter, events);

        var again = Observe(_counter, events);
        var late = Observe(_counter, Enumerable.Range(0, 500).Select(i => Staging.FileCreated(9000 + i, $@"C:\temp\staging\late-{i}.txt", Staging.Start.AddHours(-1))));

        Assert.Single(first.Alerts);
        Assert.Empty(again.Alerts);
        Assert.Empty(again.Changed);
        Assert.Empty(late.Changed);
    }

    [Fact]
    public void State_survives_a_restart_and_goes_on_where_it_was()
    {
        var events = Staging.Case();
        var before = Observe(_counter, events.Take(150));
        var kept = JsonSerializer.Deserialize<List<WindowState>>(JsonSerializer.Serialize(before.Changed, Sdk.Json.Options), Sdk.Json.Options)!;

        var after = Counter();
        after.Restore(kept);
        var alert = Assert.Single(Observe(after, events.Take(260)).Alerts);

        Assert.Empty(before.Alerts);
        Assert.Equal(260, alert.Counts.Files);
    }

    [Theory]
    [InlineData(@"C:\Users\nora\AppData\Local\Temp\RPT1.tmp\CabFolder", @"C:\Windows\System32\cmd.exe")]
    [InlineData(@"C:\Users\nora\AppData\Local\Temp\is-3C3LU.tmp", @"C:\setup.exe")]
    [InlineData(@"C:\temp\unpack", @"C:\Windows\System32\msiexec.exe")]
    public void Installers_and_diagnostics_are_let_be(string folder, string image) =>
        Assert.Empty(Observe(_counter, Enumerable.Range(0, 1247).Select(i => Staging.FileCreated(i, $@"{folder}\f{i}.txt", Staging.Start.AddMilliseconds(i), image))).Alerts);

    [Fact]
    public void Sub_folders_of_a_staging_folder_count_together_and_a_build_elsewhere_starts_nothing()
    {
        var tree = Observe(_counter, Enumerable.Range(0, 300).Select(i => Staging.FileCreated(i, $@"C:\Users\Public\loot\d{i % 40}\e\f{i}.txt", Staging.Start.AddSeconds(i))));
        var build = Observe(_counter, Enumerable.Range(0, 1200).Select(i => Staging.FileCreated(5000 + i, $@"C:\src\out\f{i}.obj", Staging.Start.AddMilliseconds(i))));

        Assert.Equal(@"C:\Users\Public\loot", Assert.Single(tree.Alerts).File.ParentFolder);
        Assert.InRange(Assert.Single(build.Alerts).SeverityScore!.Value, 0, 69);
    }

    [Fact]
    public void Slow_copying_over_hours_is_no_mass_copy() =>
        Assert.Empty(Observe(_counter, Enumerable.Range(0, 1247).Select(i => Staging.FileCreated(i, $@"C:\temp\staging\f{i}.txt", Staging.Start.AddSeconds(i * 20)))).Alerts);

    [Fact]
    public void Windows_held_are_bounded()
    {
        var counter = new WindowCounter(BuiltInMappings.Read(), Sources.Normalizer, mostWindows: 100);

        var result = Observe(counter, Enumerable.Range(0, 1000).Select(i => Staging.FileCreated(i, $@"C:\temp\s{i}\f.txt", Staging.Start.AddSeconds(i))));

        Assert.Equal(1000, result.Changed.Count);
        Assert.Empty(result.Alerts);
    }

    private static WindowCounter Counter() => new(BuiltInMappings.Read(), Sources.Normalizer);

    private static CountResult Observe(WindowCounter counter, IEnumerable<string> events)
    {
        var normal = Sources.Normalizer.Normalize("sysmon", Staging.Body(events), Sources.Received);
        Assert.Empty(normal.Refused);
        return counter.Observe(normal.Alerts, Sources.Received);
    }
}
