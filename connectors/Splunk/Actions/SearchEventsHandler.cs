using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Responder.Connectors.Splunk.Client;
using Responder.Sdk;
using Responder.Sdk.Siem;

namespace Responder.Connectors.Splunk.Actions;

/// <summary>A search job under the step's own id, so that a repeat of the attempt reads the job that is there.</summary>
internal sealed class SearchEventsHandler(SplunkClient splunk) : IActionHandler<SearchEvents, EventsFound>
{
    public async Task<Outcome<EventsFound>> RunAsync(SearchEvents action, ActionContext context)
    {
        var query = Spl.Render(action.Query);
        var sid = string.Create(CultureInfo.InvariantCulture, $"responder_{context.IdempotencyKey[..24]}_{context.Attempt}");
        var rows = await splunk.SearchAsync(query, sid, action.Earliest, action.Latest, action.Limit, context.Cancel);
        var typed = rows.Select(Typed).ToList();
        return new EventsFound(typed is [var only] && CountIn(only) is { } count ? count : typed.Count, typed);
    }

    /// <summary>Splunk writes every value as text. One that is a number and nothing else is made one; an id with a leading zero, or longer than is exact, stays text.</summary>
    private static JsonElement Typed(JsonElement row)
    {
        var typed = new JsonObject();
        foreach (var field in row.EnumerateObject())
        {
            typed[field.Name] = field.Value.ValueKind == JsonValueKind.String && field.Value.GetString() is { Length: < 16 } text
                && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number.ToString(CultureInfo.InvariantCulture) == text
                    ? JsonValue.Create(number) : JsonSerializer.SerializeToNode(field.Value);
        }

        return JsonSerializer.SerializeToElement(typed);
    }

    /// <summary>The one number of a search that ends in <c>stats count</c>.</summary>
    private static long? CountIn(JsonElement row) => row.EnumerateObject().Count() == 1 && row.TryGetProperty("count", out var count) && count.TryGetInt64(out var number) ? number : null;
}
