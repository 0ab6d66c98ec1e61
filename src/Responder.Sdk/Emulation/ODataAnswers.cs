using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Responder.Sdk.Rest;

namespace Responder.Sdk.Emulation;

/// <summary>Answers of Microsoft's OData services: headers, pages, errors, selected fields.</summary>
/// <param name="site">Clock, address.</param>
/// <param name="root">The API's root below the emulator's address: <c>v1.0</c>.</param>
public class ODataAnswers(EmulatorSite site, string root)
{
    /// <summary>No page is longer, whatever a caller asks for; a test makes pages short.</summary>
    public int LongestPage { get; set; } = int.MaxValue;

    /// <summary>One entity, with the fields that <c>$select</c> names.</summary>
    /// <param name="http">The call.</param>
    /// <param name="context">What it is, behind <c>$metadata#</c>.</param>
    /// <param name="entity">The entity.</param>
    /// <param name="status">The status.</param>
    public Task EntityAsync(HttpContext http, string context, JsonObject entity, int status = 200)
    {
        ArgumentNullException.ThrowIfNull(http);
        var body = new JsonObject { ["@odata.context"] = $"{Root}/$metadata#{context}" };
        foreach (var (name, value) in Selected(http, entity))
        {
            body[name] = value?.DeepClone();
        }

        return WriteAsync(http, status, body);
    }

    /// <summary>A page of a list: <c>$top</c>, <c>$skip</c>, <c>$skiptoken</c>, <c>@odata.nextLink</c> to the end.</summary>
    /// <param name="http">The call.</param>
    /// <param name="context">What they are, behind <c>$metadata#</c>.</param>
    /// <param name="all">All of them.</param>
    /// <param name="size">How many a page has where the caller does not say.</param>
    /// <param name="most">How many a page has at most.</param>
    public Task ListAsync(HttpContext http, string context, IReadOnlyList<JsonObject> all, int size = 100, int most = 999)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(all);
        var query = http.Request.Query;
        var top = Math.Clamp(Number(query["$top"]) ?? size, 1, Math.Min(most, LongestPage));
        var (page, next) = Paging.Slice(all, Paging.Place(query["$skiptoken"]) ?? Number(query["$skip"]) ?? 0, top);
        var body = new JsonObject { ["@odata.context"] = $"{Root}/$metadata#{context}" };
        if (query["$count"] == "true")
        {
            body["@odata.count"] = all.Count;
        }

        if (next is { } place)
        {
            var kept = query.Where(one => one.Key is not ("$skiptoken" or "$skip")).SelectMany(one => one.Value.Select(value => $"{Uri.EscapeDataString(one.Key)}={Uri.EscapeDataString(value ?? string.Empty)}"));
            body["@odata.nextLink"] = $"{site.Url.GetLeftPart(UriPartial.Authority)}{http.Request.Path}?{string.Join('&', kept.Append($"$skiptoken={Uri.EscapeDataString(Paging.Mark(place))}"))}";
        }

        body["value"] = new JsonArray([.. page.Select(entity => (JsonNode)Selected(http, entity))]);
        return WriteAsync(http, 200, body);
    }

    /// <summary>Done, with nothing to say.</summary>
    /// <param name="http">The call.</param>
    public static Task NothingAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        Headers(http);
        http.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    /// <summary>A refusal.</summary>
    /// <param name="http">The call.</param>
    /// <param name="status">The status.</param>
    /// <param name="code">The service's code.</param>
    /// <param name="message">Its words.</param>
    public Task ErrorAsync(HttpContext http, int status, string code, string message)
    {
        ArgumentNullException.ThrowIfNull(http);
        Headers(http);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(Error(http, code, message).ToJsonString(Indented));
    }

    /// <summary>A JSON body with the service's headers.</summary>
    /// <param name="http">The call.</param>
    /// <param name="status">The status.</param>
    /// <param name="body">The body.</param>
    public static Task WriteAsync(HttpContext http, int status, JsonObject body)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(body);
        Headers(http);
        http.Response.StatusCode = status;
        http.Response.Headers["odata-version"] = "4.0";
        http.Response.Headers.ContentType = "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";
        return http.Response.WriteAsync(body.ToJsonString(VendorJson.Camel));
    }

    /// <summary>The JSON body; null where there is none.</summary>
    /// <param name="http">The call.</param>
    public static async Task<JsonElement?> BodyAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        try
        {
            using var document = await JsonDocument.ParseAsync(http.Request.Body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A text of a body; null where it is not there or null.</summary>
    /// <param name="body">The body.</param>
    /// <param name="name">The field.</param>
    public static string? Text(JsonElement? body, string name) =>
        body is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    /// <summary>The body of a refusal.</summary>
    /// <param name="http">The call.</param>
    /// <param name="code">The service's code.</param>
    /// <param name="message">Its words.</param>
    protected virtual JsonObject Error(HttpContext http, string code, string message) => new()
    {
        ["error"] = new JsonObject
        {
            ["code"] = code,
            ["message"] = message,
            ["innerError"] = new JsonObject
            {
                ["date"] = site.Time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture), ["request-id"] = TraceOf(http), ["client-request-id"] = ClientOf(http),
            },
        },
    };

    /// <summary>The call's id.</summary>
    /// <param name="http">The call.</param>
    protected static string TraceOf(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (http.Items["trace"] is not string trace)
        {
            http.Items["trace"] = trace = EntraDesk.NewId();
        }

        return trace;
    }

    private static JsonSerializerOptions Indented { get; } = new(VendorJson.Camel) { WriteIndented = true };

    private string Root => $"{site.Url.GetLeftPart(UriPartial.Authority)}/{root}";

    private static string ClientOf(HttpContext http) => http.Request.Headers["client-request-id"] is [{ Length: > 0 } said, ..] ? said : TraceOf(http);

    private static void Headers(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers["request-id"] = TraceOf(http);
        http.Response.Headers["client-request-id"] = ClientOf(http);
    }

    private static JsonObject Selected(HttpContext http, JsonObject entity)
    {
        if (http.Request.Query["$select"] is not [{ Length: > 0 } text, ..])
        {
            return (JsonObject)entity.DeepClone();
        }

        var names = text.Split(',', StringSplitOptions.TrimEntries);
        return new JsonObject(entity.Where(field => field.Key.StartsWith('@') || field.Value is JsonObject || names.Contains(field.Key, StringComparer.OrdinalIgnoreCase)).Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));
    }

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
