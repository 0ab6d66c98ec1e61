using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Responder.Connectors.Splunk.Client;
using Responder.Sdk.Alerts;

namespace Responder.Connectors.Splunk.Alerts;

/// <summary>
/// Notables by the time at which Splunk indexed them, oldest first: an event that comes in late has an old time of its own and a new one of these. What people do with a
/// notable is kept apart from it (the incident review), so a change of its status brings none back.
/// </summary>
internal sealed class NotableFeed(SplunkClient splunk) : IAlertFeed
{
    /// <summary>A search gives no more rows than this, unless Splunk's limits were changed.</summary>
    private const int Most = 50_000;

    /// <summary>How much older than its indexing a notable's own time may be. A search must be bounded by that time, too.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromDays(7);

    public string Source => "splunk";

    public async Task<AlertPage> ReadAsync(AlertQuery query, CancellationToken cancel)
    {
        var place = FeedStretch.Of(query);
        var rows = await splunk.SearchAsync(
            string.Create(CultureInfo.InvariantCulture, $"search _index_earliest={place.After.ToUnixTimeSeconds()} `notable` | eval indextime=_indextime | sort 0 + num(indextime) | head {place.Take}"),
            $"responder_feed_{Guid.NewGuid():N}", place.After - Late, null, place.Take, cancel);
        return place.Page([.. rows.Select(row => (IndexedAt(row), Document(row)))], rows.Count < place.Take, query.Limit, Most);
    }

    private static DateTimeOffset IndexedAt(JsonElement row) =>
        DateTimeOffset.FromUnixTimeSeconds((long)double.Parse(row.GetProperty("indextime").GetString()!, CultureInfo.InvariantCulture));

    /// <summary>As the webhook would send it, but for the search that it came by.</summary>
    private static JsonElement Document(JsonElement row) => JsonSerializer.SerializeToElement(new JsonObject { ["result"] = JsonNode.Parse(row.GetRawText()) });
}
