using System.Text.Json;

namespace Responder.Sdk.Alerts;

/// <summary>
/// Alerts of one connection that are fetched, because the product does not send them. A connector adds one to its services in <c>Configure</c>;
/// settings say how often it is asked (<c>Feeds:CONNECTION:Every</c>).
/// </summary>
/// <remarks>
/// The poller keeps the newest time of change that it has committed, by the product's clock, and asks again from <see cref="Overlap"/> before it:
/// products index late and out of order. What comes twice is told apart by the product's id and its mark of the update, so a feed may repeat and must
/// never leave out.
/// </remarks>
public interface IAlertFeed
{
    /// <summary>The alert source whose mapping reads the documents: <c>crowdstrike</c>, <c>graph</c>, <c>splunk</c>, <c>jira</c>.</summary>
    string Source { get; }

    /// <summary>How far before the newest committed change the next question reaches back.</summary>
    TimeSpan Overlap => TimeSpan.FromMinutes(10);

    /// <summary>One page of the alerts that changed at or after a time, the one changed longest ago first. Reads only.</summary>
    /// <param name="query">From when, and which page.</param>
    /// <param name="cancel">Ends waiting.</param>
    /// <exception cref="ActionFailure">Anything that went wrong; <see cref="ActionFailure.RetryAfter"/> is honoured.</exception>
    Task<AlertPage> ReadAsync(AlertQuery query, CancellationToken cancel);
}

/// <summary>What a feed is asked for.</summary>
/// <param name="Since">Only alerts that changed at or after this time, by the product's clock.</param>
/// <param name="Next">As the page before gave it; null for the first page.</param>
/// <param name="Limit">At most so many alerts, unless more changed at one and the same time; a product that takes fewer gives fewer.</param>
public sealed record AlertQuery(DateTimeOffset Since, string? Next = null, int Limit = 500);

/// <summary>A page of alerts.</summary>
/// <param name="Alerts">As the product has them, each a document that the source's mapping reads.</param>
/// <param name="Newest">The latest time of change among them, by the product's clock; null where there are none.</param>
/// <param name="Next">What to ask for the page after; null at the end.</param>
public sealed record AlertPage(IReadOnlyList<JsonElement> Alerts, DateTimeOffset? Newest, string? Next);
