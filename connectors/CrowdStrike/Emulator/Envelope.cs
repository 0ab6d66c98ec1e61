using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Responder.Sdk.Rest;

namespace Responder.Connectors.CrowdStrike.Emulator;

/// <summary>Falcon's envelope and headers.</summary>
internal static class Envelope
{
    /// <summary>A success.</summary>
    public static JsonObject Of(JsonArray resources, int? total = null, int offset = 0, int limit = 100)
    {
        var meta = Meta();
        if (total is { } all)
        {
            meta["pagination"] = new JsonObject { ["offset"] = offset, ["limit"] = limit, ["total"] = all };
        }

        return new JsonObject { ["meta"] = meta, ["errors"] = new JsonArray(), ["resources"] = resources };
    }

    public static JsonArray List(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode?)text)];

    public static void Headers(HttpContext http, int limit, int left)
    {
        http.Response.Headers["X-Ratelimit-Limit"] = limit.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers["X-Ratelimit-Remaining"] = left.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers["X-Cs-Region"] = "us-1";
        http.Response.Headers["X-Cs-Traceid"] = TraceOf(http);
    }

    public static Task WriteAsync(HttpContext http, int status, JsonObject body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        if (body["meta"] is JsonObject meta)
        {
            meta["trace_id"] = TraceOf(http);
        }

        return http.Response.WriteAsync(body.ToJsonString(VendorJson.Snake));
    }

    public static Task ErrorAsync(HttpContext http, int status, int code, string message) => WriteAsync(
        http, status, new JsonObject { ["meta"] = Meta(), ["errors"] = new JsonArray(new JsonObject { ["code"] = code, ["message"] = message }), ["resources"] = new JsonArray() });

    /// <summary>A sign-in that failed: another service's envelope, without resources.</summary>
    public static Task RefuseSignInAsync(HttpContext http, int status, string message)
    {
        var meta = Meta();
        meta["powered_by"] = "csam";
        return WriteAsync(http, status, new JsonObject { ["meta"] = meta, ["errors"] = new JsonArray(new JsonObject { ["code"] = status, ["message"] = message }) });
    }

    /// <summary>The JSON body; an empty object where there is none.</summary>
    public static async Task<JsonElement> BodyAsync(HttpContext http)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(http.Request.Body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            using var empty = JsonDocument.Parse("{}");
            return empty.RootElement.Clone();
        }
    }

    public static IReadOnlyList<string> Texts(JsonElement body, string name) => body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
        ? [.. list.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!)] : [];

    public static string Text(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : string.Empty;

    public static int Number(HttpContext http, string name, int otherwise) =>
        int.TryParse(http.Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private static JsonObject Meta() => new() { ["query_time"] = 0.012, ["powered_by"] = "device-api", ["trace_id"] = string.Empty };

    private static string TraceOf(HttpContext http)
    {
        if (http.Items["trace"] is not string trace)
        {
            http.Items["trace"] = trace = Guid.NewGuid().ToString();
        }

        return trace;
    }
}
