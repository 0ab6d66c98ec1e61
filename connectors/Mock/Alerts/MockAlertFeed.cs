using System.Text.Json;
using Responder.Sdk;
using Responder.Sdk.Alerts;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Mock.Alerts;

/// <summary>The SIEM's alerts whose time has come, in the normal form, by their time of change.</summary>
internal sealed class MockAlertFeed(MockEstate estate, TimeProvider time) : IAlertFeed
{
    public string Source => "generic";

    public Task<AlertPage> ReadAsync(AlertQuery query, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(query);
        var now = time.GetUtcNow();
        var changed = estate.Read(company => company.Siem.Alerts
            .Where(one => one.Value.At <= now)
            .Select(one => (Id: one.Key, Alert: one.Value, Changed: one.Value.ChangedAt is { } changed && changed > one.Value.At ? changed : one.Value.At!.Value))
            .Select(one => (one.Changed, one.Id, Document(one.Id, one.Alert, one.Changed)))
            .ToList());
        return FeedPlace.Of(query).PageAsync(changed.ToAsyncEnumerable(), query.Limit, cancel);
    }

    private static JsonElement Document(string id, SiemAlert alert, DateTimeOffset changed)
    {
        var document = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["source_id"] = id, ["title"] = alert.Title, ["severity"] = alert.Severity, ["time"] = alert.At, ["updated_at"] = Json.Time(changed),
        };
        foreach (var (name, value) in alert.Alert)
        {
            document[name] = value;
        }

        return JsonSerializer.SerializeToElement(document, Json.Options);
    }
}
