using System.Globalization;
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
        var (after, afterId) = Place(query);
        return Task.FromResult(estate.Read(company =>
        {
            var found = company.Siem.Alerts
                .Where(one => one.Value.At <= now)
                .Select(one => (Id: one.Key, Alert: one.Value, Changed: one.Value.ChangedAt is { } changed && changed > one.Value.At ? changed : one.Value.At!.Value))
                .Where(one => one.Changed >= after && (one.Changed > after || string.CompareOrdinal(one.Id, afterId) > 0))
                .OrderBy(one => one.Changed).ThenBy(one => one.Id, StringComparer.Ordinal)
                .Take(query.Limit + 1).ToList();
            var page = found.Take(query.Limit).ToList();
            return new AlertPage(
                [.. page.Select(one => Document(one.Id, one.Alert, one.Changed))],
                page.Count == 0 ? null : page[^1].Changed,
                found.Count > query.Limit ? string.Create(CultureInfo.InvariantCulture, $"{page[^1].Changed:O}|{page[^1].Id}") : null);
        }));
    }

    private static (DateTimeOffset After, string Id) Place(AlertQuery query) => query.Next?.Split('|', 2) is [var at, var id]
        ? (DateTimeOffset.Parse(at, CultureInfo.InvariantCulture), id)
        : (query.Since, string.Empty);

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
