using System.Text.Json;
using System.Text.Json.Nodes;
using Responder.Sdk;
using Responder.Sdk.Alerts;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Mock.Alerts;

/// <summary>All rows of a search by its <c>sid</c>, each as the webhook would have sent it.</summary>
internal sealed class MockAlertRest(MockEstate estate) : IAlertRest
{
    public string Source => "splunk";

    public string? ReferenceOf(JsonElement document) =>
        document.ValueKind == JsonValueKind.Object && document.TryGetProperty("sid", out var sid) && sid.ValueKind == JsonValueKind.String ? sid.GetString() : null;

    public Task<IReadOnlyList<JsonElement>> FetchAsync(string reference, JsonElement document, CancellationToken cancel) => Task.FromResult(estate.Read<IReadOnlyList<JsonElement>>(company =>
        company.Siem.Searches.TryGetValue(reference, out var rows)
            ? [.. rows.Select(row => Of(document, row))]
            : throw new ActionFailure(FailureKind.NotFound, $"The SIEM keeps no search '{reference}' any more.")));

    private static JsonElement Of(JsonElement document, JsonElement row)
    {
        var whole = JsonObject.Create(document)!;
        whole["result"] = JsonNode.Parse(row.GetRawText());
        return JsonSerializer.SerializeToElement(whole);
    }
}
