using Responder.Connectors.Defender.Client;
using Responder.Sdk.Alerts;

namespace Responder.Connectors.Defender.Alerts;

/// <summary>Alerts by their time of change, with evidence.</summary>
internal sealed class DefenderAlertFeed(DefenderAlerts alerts) : IAlertFeed
{
    public string Source => "defender";

    public Task<AlertPage> ReadAsync(AlertQuery query, CancellationToken cancel)
    {
        var place = FeedPlace.Of(query);
        return place.PageAsync(alerts.ChangedSinceAsync(place.After, cancel), query.Limit, cancel);
    }
}
