using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Responder.Hosting.Feeds;
using Responder.Hosting.Intake;
using Responder.Sdk;
using Responder.Sdk.Alerts;
using Responder.Web.Tests.Bench;

namespace Responder.Web.Tests;

/// <summary>How alerts are fetched: the cursor is kept with each page, the question reaches back, and neither a repeat nor a failure changes what was started.</summary>
public sealed class FeedPollerTests
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private const string Starts = """
        id: starts
        name: Start for each
        on:
          alert:
            when: alert.title == 'fetched'
        steps:
          - stop: { outcome: completed, reason: done }
        """;

    [Fact]
    public async Task What_comes_twice_starts_nothing_twice_and_what_comes_late_is_not_lost()
    {
        await using var world = await World.OpenAsync();
        world.Feed.Raise("a", Begin.AddMinutes(-20));
        world.Feed.Raise("b", Begin.AddMinutes(-1));
        await world.Poller.OnceAsync(WebBench.Cancel);
        Assert.Equal(Begin.AddMinutes(-60), world.Feed.Asked[^1].Since);

        // Indexed only now, though it is older than what was fetched.
        world.Feed.Raise("late", Begin.AddMinutes(-9));
        world.Feed.Raise("c", Begin);
        await world.Poller.OnceAsync(WebBench.Cancel);

        Assert.Equal(Begin.AddMinutes(-11), world.Feed.Asked[^1].Since);
        Assert.Equal(["a", "b", "c", "late"], await world.StartedAsync());
        Assert.Equal(5, world.Poller.Status.Fetched);
        Assert.Equal(Json.Time(Begin), await world.CursorAsync());
    }

    [Fact]
    public async Task Each_page_is_kept_with_its_cursor_and_a_failure_between_two_costs_no_alert() => await FailsBetweenAsync(new ActionFailure(FailureKind.Transient, "The product is away."));

    [Fact]
    public async Task An_answer_that_the_connector_can_not_read_is_told_like_any_failure() => await FailsBetweenAsync(new FormatException("'never' is no time."));

    private static async Task FailsBetweenAsync(Exception failure)
    {
        await using var world = await World.OpenAsync();
        world.Feed.PageSize = 2;
        foreach (var number in Enumerable.Range(0, 5))
        {
            world.Feed.Raise($"a{number}", Begin.AddMinutes(number - 50));
        }

        world.Feed.FailsAtPage = (1, failure);
        await world.Poller.OnceAsync(WebBench.Cancel);
        Assert.Equal(["a0", "a1"], await world.StartedAsync());
        Assert.Equal((Json.Time(Begin.AddMinutes(-49)), failure.Message), (await world.CursorAsync(), world.Poller.Status.Error));

        world.Feed.FailsAtPage = null;
        await world.Poller.OnceAsync(WebBench.Cancel);
        Assert.Equal(["a0", "a1", "a2", "a3", "a4"], await world.StartedAsync());
        Assert.Equal((Json.Time(Begin.AddMinutes(-46)), null), (await world.CursorAsync(), world.Poller.Status.Error));
    }

    [Fact]
    public async Task A_limit_is_kept_to_by_the_products_own_time()
    {
        await using var world = await World.OpenAsync();
        world.Feed.FailsAtPage = (0, new ActionFailure(FailureKind.RateLimited, "Slow down.") { RetryAfter = TimeSpan.FromMinutes(3) });
        await world.Poller.OnceAsync(WebBench.Cancel);
        world.Feed.FailsAtPage = null;
        world.Time.Advance(TimeSpan.FromMinutes(2));
        await world.Poller.OnceAsync(WebBench.Cancel);
        Assert.Single(world.Feed.Asked);
        world.Time.Advance(TimeSpan.FromMinutes(2));
        await world.Poller.OnceAsync(WebBench.Cancel);
        Assert.Equal((2, null), (world.Feed.Asked.Count, world.Poller.Status.Error));
    }

    [Fact]
    public async Task Where_there_is_no_room_nothing_is_fetched_and_nothing_lost()
    {
        await using var world = await World.OpenAsync();
        world.Feed.Raise("a", Begin.AddMinutes(-1));
        world.Room = false;
        await world.Poller.OnceAsync(WebBench.Cancel);
        Assert.Empty(world.Feed.Asked);
        Assert.Contains("no room", world.Poller.Status.Error!, StringComparison.Ordinal);
        world.Room = true;
        await world.Poller.OnceAsync(WebBench.Cancel);
        Assert.Equal(["a"], await world.StartedAsync());
    }

    [Fact]
    public async Task A_cursor_that_was_not_kept_after_its_page_gives_the_page_again_and_starts_nothing()
    {
        await using var world = await World.OpenAsync();
        world.Feed.Raise("a", Begin.AddMinutes(-30));
        await world.Poller.OnceAsync(WebBench.Cancel);
        await world.Bench.Node.Store.Settings.SetAsync("feed/it", Json.Time(Begin.AddMinutes(-40)), WebBench.Cancel);

        await world.Anew().OnceAsync(WebBench.Cancel);

        Assert.Equal(["a"], await world.StartedAsync());
        Assert.Equal(2, world.Feed.Asked.Count);
    }

    [Fact]
    public async Task Of_several_nodes_one_fetches_and_another_goes_on_with_it_when_that_one_is_gone()
    {
        await using var world = await World.OpenAsync();
        var (one, other) = (world.Anew("one"), world.Anew("other"));
        world.Feed.Raise("a", Begin.AddMinutes(-30));
        for (var minute = 0; minute < 3; minute++)
        {
            await one.OnceAsync(WebBench.Cancel);
            await other.OnceAsync(WebBench.Cancel);
            world.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal((3, null, "one"), (world.Feed.Asked.Count, one.Status.FetchedBy, other.Status.FetchedBy));
        Assert.Equal((null, 0), (other.Status.LastOkAt, other.Status.Fetched));

        // Its claim is over a little after its next time, and where it stopped is kept.
        world.Feed.Raise("b", Begin.AddMinutes(2));
        await other.OnceAsync(WebBench.Cancel);
        Assert.Equal(3, world.Feed.Asked.Count);
        world.Time.Advance(TimeSpan.FromSeconds(11));
        await other.OnceAsync(WebBench.Cancel);
        Assert.Equal((4, null, Begin.AddMinutes(-40)), (world.Feed.Asked.Count, other.Status.FetchedBy, world.Feed.Asked[^1].Since));
        Assert.Equal(["a", "b"], await world.StartedAsync());
        await one.OnceAsync(WebBench.Cancel);
        Assert.Equal((4, "other"), (world.Feed.Asked.Count, one.Status.FetchedBy));
    }

    [Fact]
    public async Task An_alert_that_changed_comes_again_and_is_attached_to_its_run()
    {
        await using var world = await World.OpenAsync();
        world.Feed.Raise("a", Begin.AddMinutes(-30));
        await world.Poller.OnceAsync(WebBench.Cancel);
        world.Feed.Raise("a", Begin.AddMinutes(-2));
        await world.Poller.OnceAsync(WebBench.Cancel);

        Assert.Equal(["a"], await world.StartedAsync());
        Assert.Equal(2, (await world.Bench.GetAsync("/api/alerts")).GetProperty("items").GetArrayLength());
        Assert.Equal(Json.Time(Begin.AddMinutes(-2)), await world.CursorAsync());
    }

    /// <summary>A product of a test: a list of alerts, given in the order of their change.</summary>
    private sealed class ListedFeed : IAlertFeed
    {
        private readonly Dictionary<string, DateTimeOffset> _alerts = [];

        public string Source => "generic";

        public int PageSize { get; set; } = 500;

        public (int Page, Exception Failure)? FailsAtPage { get; set; }

        public List<AlertQuery> Asked { get; } = [];

        public void Raise(string id, DateTimeOffset changed) => _alerts[id] = changed;

        public Task<AlertPage> ReadAsync(AlertQuery query, CancellationToken cancel)
        {
            Asked.Add(query);
            var page = query.Next is null ? 0 : 1;
            return FailsAtPage is { } fails && fails.Page == page ? Task.FromException<AlertPage>(fails.Failure) : FeedPlace.Of(query).PageAsync(
                _alerts.Select(one => (one.Value, one.Key, JsonSerializer.SerializeToElement(
                    new { source_id = one.Key, title = "fetched", severity = "high", time = one.Value.ToString("O", CultureInfo.InvariantCulture), updated_at = one.Value.ToString("O", CultureInfo.InvariantCulture) }))).ToAsyncEnumerable(),
                Math.Min(query.Limit, PageSize), cancel);
        }
    }

    private sealed class World(WebBench bench) : IAsyncDisposable
    {
        private FeedPoller? _poller;

        public WebBench Bench => bench;

        public ListedFeed Feed { get; } = new();

        public FakeTimeProvider Time { get; } = new(Begin);

        public bool Room { get; set; } = true;

        public FeedPoller Poller => _poller ??= Anew();

        public static async Task<World> OpenAsync() => new(await WebBench.StartAsync([Starts]));

        /// <summary>As after a restart.</summary>
        public FeedPoller Anew(string? node = null) => new(
            new FeedSettings("it", TimeSpan.FromMinutes(1), null, TimeSpan.FromHours(1)), Feed, bench.App.Services.GetRequiredService<AlertIntake>(), bench.Node.Store.Settings, () => Room, Time, NullLogger.Instance, node);

        public Task<string?> CursorAsync() => bench.Node.Store.Settings.GetAsync("feed/it", WebBench.Cancel);

        /// <summary>The ids of the alerts for which a run was started, each as often as one was.</summary>
        public async Task<IReadOnlyList<string>> StartedAsync()
        {
            var started = new List<string>();
            foreach (var one in (await bench.GetAsync("/api/alerts")).GetProperty("items").EnumerateArray())
            {
                var whole = await bench.GetAsync($"/api/alerts/{one.GetProperty("id").GetString()}");
                started.AddRange(whole.GetProperty("runs").EnumerateArray().Select(_ => whole.GetProperty("alert").GetProperty("source_id").GetString()!));
            }

            Assert.Equal((await bench.GetAsync("/api/runs")).GetProperty("items").GetArrayLength(), started.Distinct().Count());
            return [.. started.Distinct().Order(StringComparer.Ordinal)];
        }

        public ValueTask DisposeAsync() => bench.DisposeAsync();
    }
}
