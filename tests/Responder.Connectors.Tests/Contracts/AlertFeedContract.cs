using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Responder.Connectors.Tests.Bench;
using Responder.Sdk.Alerts;

namespace Responder.Connectors.Tests.Contracts;

/// <summary>Alerts that are fetched: what changed since a time, the oldest change first, page by page, and nothing left out.</summary>
public abstract class AlertFeedContract : ContractSuite
{
    /// <summary>When the first alert of a test came: later than all that is in the sample company.</summary>
    protected static readonly DateTimeOffset First = new(2024, 5, 31, 10, 0, 0, TimeSpan.Zero);

    /// <summary>When these tests play.</summary>
    protected static readonly DateTimeOffset HalfPast = First.AddMinutes(30);

    /// <summary>Seven alerts; three came at the same time, and one has yet to come.</summary>
    protected static readonly IReadOnlyList<Planted> Seven =
    [
        new("A-1", First), new("A-2", First.AddMinutes(1)), new("A-3", First.AddMinutes(1)), new("A-4", First.AddMinutes(1)), new("A-5", First.AddMinutes(2)), new("A-6", First.AddMinutes(3)),
        new("A-7", First.AddHours(9)),
    ];

    /// <summary>YAML of alerts at the product.</summary>
    protected abstract string Plant(IReadOnlyList<Planted> alerts);

    /// <summary>The product's id of a document.</summary>
    protected abstract string IdOf(JsonElement document);

    /// <summary>The product's id of an alert of ours.</summary>
    protected virtual string Id(string id) => id;

    [Fact]
    public async Task What_changed_comes_whole_and_in_order_page_by_page()
    {
        await using var world = await OpenAsync(Plant(Seven));
        AssertSix(await PagesAsync(world, First, 2));
    }

    [Fact]
    public async Task What_is_older_is_left_out_and_the_time_itself_is_with_it()
    {
        await using var world = await OpenAsync(Plant(Seven));
        var page = Assert.Single(await PagesAsync(world, First.AddMinutes(2), 500));
        Assert.Equal([Id("A-5"), Id("A-6")], page.Alerts.Select(IdOf));
        Assert.Equal(First.AddMinutes(3), page.Newest);
    }

    [Fact]
    public async Task Where_nothing_changed_there_is_nothing()
    {
        await using var world = await OpenAsync(Plant(Seven));
        var page = Assert.Single(await PagesAsync(world, First.AddMinutes(4), 500));
        Assert.Equal((0, null), (page.Alerts.Count, page.Newest));
    }

    /// <summary>Six of the seven are there, on several pages, and no page's newest is before an earlier one's.</summary>
    protected void AssertSix(IReadOnlyList<AlertPage> pages)
    {
        Assert.Equal(Seven.Take(6).Select(one => Id(one.Id)), pages.SelectMany(page => page.Alerts.Select(IdOf)).Distinct().Order(StringComparer.Ordinal));
        Assert.True(pages.Count >= 3, $"{pages.Count} pages");
        Assert.All(pages, page => Assert.InRange(page.Alerts.Count, 0, 4));
        var newest = pages.Select(page => page.Newest).OfType<DateTimeOffset>().ToList();
        Assert.Equal(newest.Order(), newest);
        Assert.Equal(First.AddMinutes(3), newest[^1]);
    }

    /// <summary>All pages of a round.</summary>
    protected static async Task<IReadOnlyList<AlertPage>> PagesAsync(World world, DateTimeOffset since, int limit)
    {
        ArgumentNullException.ThrowIfNull(world);
        var feed = world.Connection.Services.GetRequiredService<IAlertFeed>();
        var pages = new List<AlertPage>();
        do
        {
            pages.Add(await feed.ReadAsync(new AlertQuery(since, pages.Count == 0 ? null : pages[^1].Next, limit), TestContext.Current.CancellationToken));
            Assert.True(pages.Count < 50, "The pages do not end.");
        }
        while (pages[^1].Next is not null);
        return pages;
    }

    /// <summary>A time as YAML has it.</summary>
    protected static string At(Planted alert)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return alert.At.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }
}

/// <summary>An alert of a test.</summary>
/// <param name="Id">Its name in the test.</param>
/// <param name="At">When it was raised.</param>
public sealed record Planted(string Id, DateTimeOffset At);
