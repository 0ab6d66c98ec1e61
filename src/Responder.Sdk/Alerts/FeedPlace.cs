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
    private static readonly Comparer<(DateTimeOffset Changed, string Id)> LastFirst =
        Comparer<(DateTimeOffset Changed, string Id)>.Create((one, other) => other.Changed.CompareTo(one.Changed) is not 0 and var order ? order : string.CompareOrdinal(other.Id, one.Id));

    /// <summary>Where a question begins.</summary>
    /// <param name="query">The question.</param>
    public static FeedPlace Of(AlertQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return query.Next?.Split('|', 2) is [var at, var id] ? new FeedPlace(DateTimeOffset.Parse(at, CultureInfo.InvariantCulture), id) : new FeedPlace(query.Since, string.Empty);
    }

    /// <summary>The page that begins here. However much the product gives, no more of it is held than the page; what changed since is read anew for each page.</summary>
    /// <param name="changed">What changed at or after <see cref="After"/>, in any order; read to its end.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancel">Ends reading.</param>
    public async Task<AlertPage> PageAsync(IAsyncEnumerable<(DateTimeOffset Changed, string Id, JsonElement Alert)> changed, int limit, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(changed);

        // The first so many and one more, which says that there are others; the last of them on top, since it is the one to go.
        // Each is a copy, so that the product's answers are let go.
        var first = new PriorityQueue<JsonElement, (DateTimeOffset Changed, string Id)>(LastFirst);
        await foreach (var (at, id, alert) in changed.WithCancellation(cancel))
        {
            if (at < After || (at == After && string.CompareOrdinal(id, Id) <= 0))
            {
                continue;
            }

            if (first.Count <= limit)
            {
                first.Enqueue(alert.Clone(), (at, id));
            }
            else if (first.TryPeek(out _, out var last) && LastFirst.Compare((at, id), last) > 0)
            {
                first.DequeueEnqueue(alert.Clone(), (at, id));
            }
        }

        var more = first.Count > limit;
        if (more)
        {
            first.Dequeue();
        }

        var page = new (JsonElement Alert, (DateTimeOffset Changed, string Id) Place)[first.Count];
        for (var place = page.Length - 1; place >= 0; place--)
        {
            first.TryDequeue(out page[place].Alert, out page[place].Place);
        }

        return new AlertPage(
            [.. page.Select(one => one.Alert)], page.Length == 0 ? null : page[^1].Place.Changed,
            more ? string.Create(CultureInfo.InvariantCulture, $"{page[^1].Place.Changed:O}|{page[^1].Place.Id}") : null);
    }
}
