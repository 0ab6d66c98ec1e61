using Responder.Sdk.Estate;

namespace Responder.Sdk.Tests.Estate;

public sealed class EventSearchTests
{
    private static readonly Company Company = EstateDefinition.Parse(
        """
        siem:
          events:
            a: { at: 2024-01-01T10:00:00Z, fields: { index: x, host: A, user: anna, size: 10, path: 'C:\temp\one' } }
            b: { at: 2024-01-01T11:00:00Z, fields: { index: x, host: A, user: bert, size: 20, path: 'C:\temp\two' } }
            c: { at: 2024-01-01T12:00:00Z, fields: { index: x, host: B, user: anna, size: 5 } }
            d: { at: 2024-01-01T13:00:00Z, fields: { index: y, host: C, note: deleted by anna } }
        """,
        "events.yaml").Make();

    private static SearchAnswer Run(string query, string? earliest = null, string? latest = null) => EventSearch.Run(
        Company, query, earliest is null ? null : DateTimeOffset.Parse(earliest, null), latest is null ? null : DateTimeOffset.Parse(latest, null));

    [Theory]
    [InlineData("index=x", 3)]
    [InlineData("search index=x host=a", 2)]
    [InlineData("index=x AND (user=anna OR user=bert) NOT host=B", 2)]
    [InlineData("index=x user!=anna", 1)]
    [InlineData("index=x user IN (anna, \"bert\")", 3)]
    [InlineData("path=\"C:\\\\temp\\\\*\"", 2)]
    [InlineData("path=C:\\temp\\t*", 1)]
    [InlineData("host=*", 4)]
    [InlineData("size>=10 size<20", 1)]
    [InlineData("anna", 3)]
    [InlineData("\"deleted by\"", 1)]
    [InlineData("", 4)]
    public void Terms(string query, int count) => Assert.Equal(count, Run(query).Count);

    [Fact]
    public void Times_bound_it_newest_first()
    {
        Assert.Equal(["B", "A"], Run("index=x", "2024-01-01T11:00:00Z", "2024-01-01T13:00:00Z").Rows.Select(row => row.GetProperty("host").GetString()));
        Assert.Equal(0, Run("index=x", "2024-01-01T12:00:01Z").Count);
        Assert.Equal("2024-01-01T13:00:00.000Z", Run("index=y").Rows[0].GetProperty("_time").GetString());
    }

    [Theory]
    [InlineData("index=x | stats count", 3, """[{"count":3}]""")]
    [InlineData("index=none | stats count", 0, """[{"count":0}]""")]
    [InlineData("index=x | stats count as n", 3, """[{"n":3}]""")]
    [InlineData("index=x | stats count by user", 2, """[{"user":"anna","count":2},{"user":"bert","count":1}]""")]
    [InlineData("index=x | stats sum(size) as bytes, dc(user) as users by host", 2, """[{"host":"A","bytes":30,"users":2},{"host":"B","bytes":5,"users":1}]""")]
    [InlineData("index=x | stats avg(size), min(size), max(user) ", 1, """[{"avg(size)":11.666666666666666,"min(size)":5,"max(user)":"bert"}]""")]
    [InlineData("index=x | stats count by path", 2, """[{"path":"C:\\temp\\one","count":1},{"path":"C:\\temp\\two","count":1}]""")]
    [InlineData("index=x | stats count by user | where count > 1", 1, """[{"user":"anna","count":2}]""")]
    [InlineData("index=x | where user=\"anna\" AND NOT (size < 6) | table user, size", 1, """[{"user":"anna","size":10}]""")]
    [InlineData("index=x | where like(path, \"%two\") OR isnull(path) | fields host", 2, """[{"host":"B"},{"host":"A"}]""")]
    [InlineData("index=x | sort -size | head 1 | table size", 1, """[{"size":20}]""")]
    [InlineData("index=x | dedup host | sort host | table host", 2, """[{"host":"A"},{"host":"B"}]""")]
    [InlineData("index=x | stats count by user | rename user as who, count as times | search times=1", 1, """[{"who":"bert","times":1}]""")]
    public void Commands(string query, long count, string rows)
    {
        var answer = Run(query);
        Assert.Equal((count, rows), (answer.Count, $"[{string.Join(',', answer.Rows.Select(row => row.GetRawText()))}]"));
    }

    [Theory]
    [InlineData("index=x | timechart count", "timechart")]
    [InlineData("index=x (user=anna", "')'")]
    [InlineData("index=x user=", "value")]
    [InlineData("index=x | ", "bars")]
    [InlineData("index=x | stats", "stats")]
    [InlineData("index=x | stats median(size)", "median")]
    [InlineData("index=x | where foo(size)", "foo")]
    [InlineData("index=x \"open", "closed")]
    [InlineData("index=x [ search a ]", "subsearch")]
    [InlineData("index=x earliest=-1h", "earliest")]
    [InlineData("index=x | delete", "delete")]
    public void What_it_does_not_know_is_invalid_and_named(string query, string says)
    {
        var failure = Assert.Throws<ActionFailure>(() => Run(query));
        Assert.Equal(FailureKind.Invalid, failure.Kind);
        Assert.Contains(says, failure.Message, StringComparison.Ordinal);
    }
}
