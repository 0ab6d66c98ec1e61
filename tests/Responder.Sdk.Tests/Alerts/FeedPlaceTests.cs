using System.Text.Json;
using Responder.Sdk.Alerts;

namespace Responder.Sdk.Tests.Alerts;

/// <summary>Pages by time of change and id.</summary>
public sealed class FeedPlaceTests
{
    [Fact]
    public void Every_alert_comes_once_in_the_order_of_change_also_where_many_changed_at_one_time()
    {
        var begin = new DateTimeOffset(2024, 2, 28, 19, 0, 0, TimeSpan.Zero);
        var all = Enumerable.Range(0, 7).Select(number => (Changed: begin.AddSeconds(number / 4), Id: $"a{number}", JsonSerializer.SerializeToElement(number))).Reverse().ToList();
        var (seen, query) = (new List<int>(), new AlertQuery(begin, Limit: 2));
        while (query is not null)
        {
            var page = FeedPlace.Of(query).Page(all, query.Limit);
            seen.AddRange(page.Alerts.Select(alert => alert.GetInt32()));
            query = page.Next is { } next ? query with { Next = next } : null;
        }

        Assert.Equal(Enumerable.Range(0, 7), seen);
        Assert.Empty(FeedPlace.Of(new AlertQuery(begin.AddMinutes(1))).Page(all, 2).Alerts);
    }
}
