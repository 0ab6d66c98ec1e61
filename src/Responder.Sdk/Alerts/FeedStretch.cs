using System.Globalization;
using System.Text.Json;

namespace Responder.Sdk.Alerts;

/// <summary>
/// A place in a list that the product itself gives in the order of change: what a feed's <see cref="AlertPage.Next"/> says. The next page begins at the last one's
/// own time, not after it, and no page is asked for by number: an alert that changes meanwhile moves to the end, and would let another one slip between two pages.
/// So what changed at that very time comes twice, and nothing never.
/// </summary>
/// <param name="After">At or after this time.</param>
/// <param name="Take">At most so many.</param>
/// <param name="Until">The newest change that there was when the first page was asked for: one that is newer was changed meanwhile, and says nothing of what lies between. Null where alerts never change.</param>
public sealed record FeedStretch(DateTimeOffset After, int Take, DateTimeOffset? Until = null)
{
    /// <summary>Where a question begins.</summary>
    /// <param name="query">The question.</param>
    public static FeedStretch Of(AlertQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return query.Next?.Split('|') is [var after, var take, var until]
            ? new FeedStretch(Time(after), int.Parse(take, CultureInfo.InvariantCulture), until.Length == 0 ? null : Time(until))
            : new FeedStretch(query.Since, query.Limit);
    }

    /// <summary>The page.</summary>
    /// <param name="found">What the product gave: the first so many of all that changed at or after <see cref="After"/>.</param>
    /// <param name="whole">True where there are no more.</param>
    /// <param name="limit">How many are asked for usually.</param>
    /// <param name="most">More than that the product gives in no answer.</param>
    /// <exception cref="ActionFailure">More than <paramref name="most"/> changed at one time.</exception>
    public AlertPage Page(IReadOnlyList<(DateTimeOffset Changed, JsonElement Alert)> found, bool whole, int limit, int most)
    {
        ArgumentNullException.ThrowIfNull(found);
        var newest = found.Where(one => !(one.Changed > Until)).Select(one => (DateTimeOffset?)one.Changed).Max();
        if (whole)
        {
            return new AlertPage([.. found.Select(one => one.Alert)], newest, null);
        }

        // All of one time: the same question with more of them.
        var moved = newest > After;
        var next = this with { After = moved ? newest!.Value : After, Take = moved ? limit : Take * 2 };
        return Take >= most && !moved && newest is not null
            ? throw new ActionFailure(FailureKind.Internal, $"More than {most} alerts changed at {After:O}: the product gives no more of one time. Fetch them by hand, and set the feed's cursor behind that time.")
            : new AlertPage([.. found.Select(one => one.Alert)], newest, next.Text(most));
    }

    private string Text(int most) => string.Create(CultureInfo.InvariantCulture, $"{After:O}|{Math.Min(Take, most)}|{Until:O}");

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
