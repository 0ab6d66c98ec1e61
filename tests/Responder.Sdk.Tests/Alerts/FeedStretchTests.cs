using System.Text.Json;
using Responder.Sdk.Alerts;

namespace Responder.Sdk.Tests.Alerts;

/// <summary>Pages of a list that changes while it is read: what the cursor has passed was given.</summary>
public sealed class FeedStretchTests
{
    private static readonly DateTimeOffset Begin = new(2024, 2, 28, 19, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Whatever_changes_between_pages_and_between_list_and_read_nothing_that_the_cursor_passed_is_missing()
    {
        for (var seed = 1; seed <= 300; seed++)
        {
            var world = new Random(seed);
            var changed = Enumerable.Range(0, world.Next(1, 40)).ToDictionary(id => id, _ => Begin.AddSeconds(world.Next(0, 12)));
            var (seen, cursor, clock) = (new HashSet<(int, DateTimeOffset)>(), Begin, Begin.AddHours(1));
            for (var rounds = 0; rounds < 3; rounds++)
            {
                string? next = null;
                DateTimeOffset? until = changed.Values.Max();
                for (var pages = 0; pages == 0 || next is not null; pages++)
                {
                    Assert.True(pages < 200, $"seed {seed}: the pages do not end");
                    var query = new AlertQuery(cursor, next, 3);
                    var place = FeedStretch.Of(query);
                    place = next is null ? place with { Until = until } : place;
                    var all = changed.Where(one => one.Value >= place.After && one.Value <= place.Until).OrderBy(one => one.Value).Select(one => one.Key).ToList();
                    var ids = all.Take(place.Take).ToList();
                    foreach (var id in changed.Keys.Where(_ => rounds < 2 && world.Next(12) == 0).ToList())
                    {
                        changed[id] = clock = clock.AddSeconds(1);
                    }

                    var page = place.Page([.. ids.Select(id => (changed[id], JsonSerializer.SerializeToElement(id)))], ids.Count < place.Take, query.Limit, 10_000);
                    seen.UnionWith(page.Alerts.Select(alert => (alert.GetInt32(), changed[alert.GetInt32()])));
                    Assert.All(changed.Where(one => one.Value <= (page.Newest ?? DateTimeOffset.MinValue) && one.Value >= cursor), one =>
                        Assert.True(seen.Contains((one.Key, one.Value)) || one.Value == page.Newest, $"seed {seed}: {one.Key} of {one.Value:T} is missing, and the cursor is at {page.Newest:T}"));
                    (cursor, next) = (page.Newest > cursor ? page.Newest.Value : cursor, page.Next);
                }
            }

            Assert.All(changed, one => Assert.Contains((one.Key, one.Value), seen));
        }
    }

    [Fact]
    public void More_of_one_time_than_the_product_gives_is_an_error_and_no_endless_round()
    {
        var same = Enumerable.Range(0, 8).Select(id => (Begin, JsonSerializer.SerializeToElement(id))).ToList();
        var failure = Assert.Throws<ActionFailure>(() => new FeedStretch(Begin, 8).Page(same, whole: false, 2, 8));
        Assert.Contains("More than 8 alerts changed at", failure.Message, StringComparison.Ordinal);
    }
}
