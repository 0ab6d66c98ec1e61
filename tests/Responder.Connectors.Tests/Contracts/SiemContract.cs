using Responder.Sdk;
using Responder.Sdk.Siem;

namespace Responder.Connectors.Tests.Contracts;

/// <summary>The SIEM: searches, and alerts.</summary>
public abstract class SiemContract : AlertsContract
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
}
