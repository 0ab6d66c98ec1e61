using System.Text.Json;
using Responder.Sdk.Alerts;

namespace Responder.Sdk.Tests.Alerts;

/// <summary>Pages by time of change and id.</summary>
public sealed class FeedPlaceTests
{
    [Fact]
    public async Task Every_alert_comes_once_in_the_order_of_change_also_where_many_changed_at_one_time()
    {
        var begin = new DateTimeOffset(2024, 2, 28, 19, 0, 0, TimeSpan.Zero);
        var all = Enumerable.Range(0, 7).Select(number => (Changed: begin.AddSeconds(number / 4), Id: $"a{number}", JsonSerializer.SerializeToElement(number))).Reverse().ToList();
        var (seen, query) = (new List<int>(), new AlertQuery(begin, Limit: 2));
        while (query is not null)
        {
            var page = await FeedPlace.Of(query).PageAsync(all.ToAsyncEnumerable(), query.Limit, TestContext.Current.CancellationToken);
            seen.AddRange(page.Alerts.Select(alert => alert.GetInt32()));
            query = page.Next is { } next ? query with { Next = next } : null;
        }

        Assert.Equal(Enumerable.Range(0, 7), seen);
        Assert.Empty((await FeedPlace.Of(new AlertQuery(begin.AddMinutes(1))).PageAsync(all.ToAsyncEnumerable(), 2, TestContext.Current.CancellationToken)).Alerts);
    }

    [Fact]
    public async Task The_answers_of_the_product_are_let_go_while_the_list_is_read()
    {
        var begin = new DateTimeOffset(2024, 2, 28, 19, 0, 0, TimeSpan.Zero);
        var page = await new FeedPlace(begin, string.Empty).PageAsync(OneByOneAsync(), 3, TestContext.Current.CancellationToken);
        Assert.Equal([901, 902, 903], page.Alerts.Select(alert => alert.GetInt32()));
        Assert.Equal(begin.AddSeconds(2), page.Newest);
        Assert.NotNull(page.Next);

        // The newest first; each answer is gone when the next comes, as a document that is disposed.
        async IAsyncEnumerable<(DateTimeOffset, string, JsonElement)> OneByOneAsync()
        {
            for (var number = 999; number > 900; number--)
            {
                using var answer = JsonDocument.Parse(number.ToString(System.Globalization.CultureInfo.InvariantCulture));
                await Task.Yield();
                yield return (begin.AddSeconds(number - 901), $"a{number}", answer.RootElement);
            }
        }
    }
}
