using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Responder.Connectors.Splunk.Client;
using Responder.Sdk;
using Responder.Sdk.Alerts;

namespace Responder.Connectors.Splunk.Alerts;

/// <summary>The webhook carries a search's first row; all of them are read from the search's job, which Splunk keeps for a while (twice the alert's period, mostly).</summary>
internal sealed partial class RowsBySearch(SplunkClient splunk) : IAlertRest
{
    /// <summary>A search keeps no more rows than this, unless Splunk's limits were changed.</summary>
    private const int Most = 50_000;

    public string Source => "splunk";

    public string? ReferenceOf(JsonElement document) =>
        document.ValueKind == JsonValueKind.Object && document.TryGetProperty("sid", out var sid) && sid.ValueKind == JsonValueKind.String && sid.GetString() is { Length: > 0 } text ? text : null;

    public async Task<IReadOnlyList<JsonElement>> FetchAsync(string reference, JsonElement document, CancellationToken cancel)
    {
        // It stands in a path, and whoever sent the alert wrote it.
        if (!Form().IsMatch(reference))
        {
            throw new ActionFailure(FailureKind.Invalid, "The alert's sid is none that Splunk gives: letters, digits and _ . @ : ~ + = - are in one. Nothing was fetched.");
        }

        try
        {
            return [.. (await splunk.RowsAsync(reference, Most, cancel)).Select(row => Of(document, row))];
        }
        catch (ActionFailure failure) when (failure.Kind == FailureKind.NotFound)
        {
            throw new ActionFailure(
                FailureKind.NotFound, $"Splunk keeps no search '{reference}' any more, or the token's user may not see it: only the first row came. Give the alert a longer expiry (alert.expires), or let it trigger for each result.", failure)
            {
                Code = failure.Code,
            };
        }
    }

    private static JsonElement Of(JsonElement document, JsonElement row)
    {
        var whole = JsonObject.Create(document)!;
        whole["result"] = JsonNode.Parse(row.GetRawText());
        return JsonSerializer.SerializeToElement(whole);
    }

    [GeneratedRegex(@"^(?!\.{1,2}$)[A-Za-z0-9_.@:~+=-]{1,300}$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
