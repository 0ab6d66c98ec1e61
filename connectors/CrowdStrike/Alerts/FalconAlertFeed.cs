using System.Text.Json;
using Responder.Connectors.CrowdStrike.Falcon;
using Responder.Sdk.Alerts;

namespace Responder.Connectors.CrowdStrike.Alerts;

/// <summary>Alerts by their time of change, oldest first. A round ends at the newest change that there was at its beginning.</summary>
internal sealed class FalconAlertFeed(FalconAlerts alerts) : IAlertFeed
{
    public string Source => "crowdstrike";

    public async Task<AlertPage> ReadAsync(AlertQuery query, CancellationToken cancel)
    {
        var place = FeedStretch.Of(query);
        if (query.Next is null)
        {
            if (await alerts.NewestChangeAsync(cancel) is not { } newest || newest < place.After)
            {
                return new AlertPage([], null, null);
            }

            place = place with { Until = newest };
        }

        var (found, whole) = await alerts.ChangedAsync(place.After, place.Until!.Value, place.Take, cancel);
        return place.Page([.. found.Select(alert => (ChangeOf(alert), alert))], whole, query.Limit, FalconAlerts.Most);
    }

    private static DateTimeOffset ChangeOf(JsonElement alert) => FalconAlerts.ChangeOf(alert)!.Value;
}
