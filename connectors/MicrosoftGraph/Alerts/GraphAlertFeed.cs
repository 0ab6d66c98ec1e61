using Responder.Connectors.MicrosoftGraph.Client;
using Responder.Sdk.Alerts;

namespace Responder.Connectors.MicrosoftGraph.Alerts;

/// <summary>Alerts of Defender XDR are polled: Graph sends no notification of <c>alerts_v2</c>.</summary>
internal sealed class GraphAlertFeed(GraphAlerts alerts) : IAlertFeed
{
    public string Source => "graph";

    public Task<AlertPage> ReadAsync(AlertQuery query, CancellationToken cancel)
    {
        var place = FeedPlace.Of(query);
        return place.PageAsync(alerts.ChangedSinceAsync(place.After, cancel), query.Limit, cancel);
    }
}
