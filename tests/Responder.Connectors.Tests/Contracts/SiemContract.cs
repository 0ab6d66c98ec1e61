using Responder.Sdk;
using Responder.Sdk.Siem;

namespace Responder.Connectors.Tests.Contracts;

/// <summary>The SIEM.</summary>
public abstract class SiemContract : ContractSuite
{
    private static Template Query(string before, string value, bool prefix, string after) =>
        new([new TemplatePart(before, null, false), new TemplatePart(null, value, prefix), new TemplatePart(after, null, false)]);

    [Fact]
    public async Task The_cases_events_are_counted()
    {
        await using var world = await OpenAsync();
        var query = new Template([
            new TemplatePart("index=sysmon EventCode=11 host=", null, false), new TemplatePart(null, "ENG-WS-045", false),
            new TemplatePart(" TargetFilename=", null, false), new TemplatePart(null, @"C:\temp\staging", true), new TemplatePart(" | stats count", null, false)]);
        var from = new DateTimeOffset(2024, 2, 28, 18, 45, 0, TimeSpan.Zero);
        Assert.Equal(1247, (await world.Connection.ReadAsync(new SearchEvents(query, from))).Count);
        Assert.Equal(0, (await world.Connection.ReadAsync(new SearchEvents(query, from.AddHours(1)))).Count);
        Assert.Equal(456, (await world.Connection.ReadAsync(new SearchEvents(query, from, new DateTimeOffset(2024, 2, 28, 19, 5, 29, TimeSpan.Zero)))).Count);
    }

    [Fact]
    public async Task The_cases_split_by_source_is_456_234_123_434()
    {
        await using var world = await OpenAsync();
        var found = await world.Connection.ReadAsync(new SearchEvents(Query(
            "index=sysmon EventCode=11 TargetFilename=", @"C:\temp\staging\", true, " host=ENG-WS-045 | stats count as files, sum(FileSize) as bytes by SourceFolder | rename SourceFolder as source | sort -files")));
        Assert.Equal(4, found.Count);
        Assert.Equal(
            [
                (@"C:\Users\alexchen\Documents\ProjectX", 456L, 1_124_000_000L), (@"\\filesrv\r&d\projects", 434L, 936_000_000L),
                (@"C:\Users\alexchen\Desktop", 234L, 312_000_000L), (@"C:\Users\alexchen\Downloads", 123L, 428_000_000L),
            ],
            found.Rows.Select(row => (row.GetProperty("source").GetString()!, row.GetProperty("files").GetInt64(), row.GetProperty("bytes").GetInt64())));
    }

    [Theory]
    [InlineData("ENG-WS-045\" OR index=\"proxy")]
    [InlineData("ENG-WS-045 | delete")]
    [InlineData("x\\")]
    public async Task A_hostile_value_is_a_value(string value)
    {
        await using var world = await OpenAsync();
        Assert.Equal(0, (await world.Connection.ReadAsync(new SearchEvents(Query("index=sysmon host=", value, false, " | stats count")))).Count);
    }

    [Theory]
    [InlineData("index=sysmon | delete")]
    [InlineData("index=sysmon | outputlookup x")]
    [InlineData("index=sysmon | stats count | collect index=x")]
    [InlineData("index=sysmon |sendemail to=x")]
    [InlineData("| script x")]
    [InlineData("index=sysmon | map search=\"search x\"")]
    public async Task A_search_that_does_more_than_search_is_refused(string query)
    {
        await using var world = await OpenAsync();
        await world.Connection.FailsAsync(new SearchEvents(Template.Text(query)), FailureKind.Invalid);
    }

    [Fact]
    public async Task An_alert_is_read_updated_and_commented()
    {
        await using var world = await OpenAsync();
        const string id = "SYSMON-DATA-STAGED-1074-7842";
        Assert.Equal("new", (await world.Connection.ReadAsync(new GetAlert(id))).Status);
        Assert.Equal("in_progress", (await world.Connection.DoAsync(new UpdateAlert(id, "in_progress", "mlee"))).Value.Status);
        Assert.Equal(OutcomeKind.AlreadySo, (await world.Connection.DoAsync(new UpdateAlert(id, "in_progress", "mlee"))).Kind);
        var step = world.Connection.Step();
        var comment = new CommentAlert(id, "SOC-142");
        Assert.Equal(ProbeVerdict.NotHappened, (await world.Connection.ProbeAsync(comment, step)).Verdict);
        await world.Connection.DoAsync(comment, step);
        Assert.Equal(ProbeVerdict.Happened, (await world.Connection.ProbeAsync(comment, step)).Verdict);
        Assert.Equal((1, 1), (world.Count("siem.update_alert"), world.Count("siem.comment_alert")));
        await world.Connection.FailsAsync(new GetAlert("none"), FailureKind.NotFound);
    }
}
