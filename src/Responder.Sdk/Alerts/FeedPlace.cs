using System.Globalization;
using System.Text.Json;

namespace Responder.Sdk.Alerts;

/// <summary>
/// A place in a list of alerts by time of change and id, for products that give all that changed since a time and can't page in that order: what a feed's
/// <see cref="AlertPage.Next"/> says.
/// </summary>
/// <param name="After">At or after this time.</param>
/// <param name="Id">Of that time, only ids after this one.</param>
public sealed record FeedPlace(DateTimeOffset After, string Id)
{
    /// <summary>Where a question begins.</summary>
    /// <param name="query">The question.</param>
    public static FeedPlace Of(AlertQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return query.Next?.Split('|', 2) is [var at, var id] ? new FeedPlace(DateTimeOffset.Parse(at, CultureInfo.InvariantCulture), id) : new FeedPlace(query.Since, string.Empty);
    }

    /// <summary>The page that begins here.</summary>
    /// <param name="changed">What changed at or after <see cref="After"/>, in any order.</param>
    /// <param name="limit">At most so many.</param>
    public AlertPage Page(IEnumerable<(DateTimeOffset Changed, string Id, JsonElement Alert)> changed, int limit)
    {
        var rest = changed
            .Where(one => one.Changed >= After && (one.Changed > After || string.CompareOrdinal(one.Id, Id) > 0))
            .OrderBy(one => one.Changed).ThenBy(one => one.Id, StringComparer.Ordinal)
            .Take(limit + 1).ToList();
        var page = rest.Take(limit).ToList();
        return new AlertPage(
            [.. page.Select(one => one.Alert)], page.Count == 0 ? null : page[^1].Changed,
            rest.Count > limit ? string.Create(CultureInfo.InvariantCulture, $"{page[^1].Changed:O}|{page[^1].Id}") : null);
    }
}
