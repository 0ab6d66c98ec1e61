using System.Text.Json;
using Microsoft.Extensions.Logging;
using Responder.Engine.Access;
using Responder.Hosting.Intake;
using Responder.Sdk;
using Responder.Sdk.Alerts;

namespace Responder.Hosting.Feeds;

/// <summary>
/// Fetches one connection's alerts. The cursor is the newest time of change whose page was committed, kept in the store; each question reaches back
/// before it, and what comes twice is a duplicate. So a kill between a page and its cursor costs a page fetched again.
/// </summary>
/// <param name="settings">How.</param>
/// <param name="feed">The connection's feed.</param>
/// <param name="intake">Where the alerts go.</param>
/// <param name="kept">Where the cursor is.</param>
/// <param name="room">False where there is no room for more alerts just now.</param>
/// <param name="time">The clock.</param>
/// <param name="log">The log.</param>
/// <param name="node">This node's name, where there are others: one of them fetches. Null where there are none.</param>
public sealed partial class FeedPoller(
    FeedSettings settings, IAlertFeed feed, AlertIntake intake, IStoredSettings kept, Func<bool> room, TimeProvider time, ILogger log, string? node = null)
{
    // Longer than an interval, so that who fetches goes on with it. Whoever is slower than this is helped by another, and what comes twice is a duplicate.
    private static readonly TimeSpan Spare = TimeSpan.FromSeconds(10);


    private const int Page = 500;
    private const int Chunk = 4 * 1024 * 1024;

    private DateTimeOffset _notBefore = DateTimeOffset.MinValue;

    /// <summary>How it stands.</summary>
    public FeedStatus Status { get; private set; } = new(settings.Connection, feed.Source, settings.Every, null, null, null, 0, null);

    /// <summary>Fetches what is new, page by page, and keeps each page before the next is asked for. What goes wrong is kept in <see cref="Status"/>.</summary>
    /// <param name="cancel">Ends it after the page under way.</param>
    /// <returns>How many documents came.</returns>
    public async Task<int> OnceAsync(CancellationToken cancel)
    {
        var begun = time.GetUtcNow();
        if (begun < _notBefore)
        {
            return 0;
        }

        var fetched = 0;
        try
        {
            if (!await IsMineAsync(cancel))
            {
                return 0;
            }

            var cursor = await CursorAsync(cancel);
            var since = cursor is { } newest ? newest - (settings.Overlap ?? feed.Overlap) : begun - settings.Lookback;
            string? next = null;
            do
            {
                if (!room())
                {
                    Status = Status with { Error = "There is no room for more alerts just now; what is left comes with the next round." };
                    return fetched;
                }

                var page = await feed.ReadAsync(new AlertQuery(since, next, Page), cancel);
                await TakeAsync(page.Alerts, cancel);
                fetched += page.Alerts.Count;
                cursor = await AdvanceAsync(cursor, page.Newest, cancel);
                next = page.Next;
            }
            while (next is not null && await IsMineAsync(cancel));

            Status = Status with { LastOkAt = time.GetUtcNow(), Cursor = cursor, Error = null, Fetched = Status.Fetched + fetched };
        }
        catch (Exception failure) when (failure is not OutOfMemoryException && !cancel.IsCancellationRequested)
        {
            _notBefore = failure is ActionFailure { RetryAfter: { } wait } ? time.GetUtcNow() + wait : _notBefore;
            Status = Status with { Error = failure.Message, Fetched = Status.Fetched + fetched };
            Failed(log, settings.Connection, failure.Message);
        }

        return fetched;
    }

    // Asked before each page: a long round is one node's too.
    private async Task<bool> IsMineAsync(CancellationToken cancel)
    {
        if (node is null)
        {
            return true;
        }

        var now = time.GetUtcNow();
        var owner = await kept.ClaimAsync($"{Name}/node", node, now, now + settings.Every + Spare, cancel);
        Status = Status with { FetchedBy = owner == node ? null : owner, Error = owner == node ? Status.Error : null };
        return owner == node;
    }

    private string Name => $"feed/{settings.Connection}";

    private async Task<DateTimeOffset?> CursorAsync(CancellationToken cancel) =>
        await kept.GetAsync(Name, cancel) is { } text && DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var at) ? at : null;

    private async Task<DateTimeOffset?> AdvanceAsync(DateTimeOffset? cursor, DateTimeOffset? newest, CancellationToken cancel)
    {
        if (newest is not { } seen || seen <= cursor)
        {
            return cursor;
        }

        await kept.SetAsync(Name, Json.Time(seen), cancel);
        return seen;
    }

    // In bodies that are short enough to be taken, whatever a page holds.
    private async Task TakeAsync(IReadOnlyList<JsonElement> alerts, CancellationToken cancel)
    {
        for (var first = 0; first < alerts.Count;)
        {
            var (last, length) = (first, 0);
            while (last < alerts.Count && (last == first || length + alerts[last].GetRawText().Length <= Chunk))
            {
                length += alerts[last++].GetRawText().Length;
            }

            var result = await intake.TakeAsync(feed.Source, JsonSerializer.SerializeToUtf8Bytes(alerts.Skip(first).Take(last - first)), null, cancel, complete: true);
            foreach (var refused in result.Results.Where(one => one.Status == "invalid").Take(10))
            {
                Refused(log, settings.Connection, refused.Errors.Count > 0 ? refused.Errors[0].Reason : "no reason");
            }

            first = last;
        }
    }

    [LoggerMessage(1541, LogLevel.Warning, "The alerts of '{Connection}' can't be fetched just now: {Reason}")]
    private static partial void Failed(ILogger log, string connection, string reason);

    [LoggerMessage(1542, LogLevel.Warning, "What '{Connection}' gave is no alert: {Reason}")]
    private static partial void Refused(ILogger log, string connection, string reason);
}

/// <summary>How a feed stands.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Source">The alert source.</param>
/// <param name="Every">How often it is asked.</param>
/// <param name="Cursor">The newest time of change that is kept, by the product's clock.</param>
/// <param name="LastOkAt">When it was last asked to the end.</param>
/// <param name="Error">Why the last time did not work; null where it did.</param>
/// <param name="Fetched">How many documents came here since the start, repeats among them.</param>
/// <param name="FetchedBy">The other node that fetches it just now, and knows how that stands; null where this one does.</param>
public sealed record FeedStatus(string Connection, string Source, TimeSpan Every, DateTimeOffset? Cursor, DateTimeOffset? LastOkAt, string? Error, long Fetched, string? FetchedBy);
