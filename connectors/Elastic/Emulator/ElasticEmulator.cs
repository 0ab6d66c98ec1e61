using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Responder.Sdk;
using Responder.Sdk.Emulation;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Elastic.Emulator;

/// <summary>Kibana's detection engine and notes, over the estate's alerts.</summary>
internal sealed class ElasticEmulator : Sdk.Emulation.Emulator
{
    private static readonly string[] Statuses = ["open", "acknowledged", "in-progress", "closed"];
    private readonly string _key = Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"{EmulatorSite.NewSecret(20)}:{EmulatorSite.NewSecret(22)}"));

    public override string Name => "elastic";

    /// <summary>What the key may on the alerts.</summary>
    public HashSet<string> Privileges { get; } = ["read", "write"];

    public override void Map(WebApplication app, EmulatorSite site)
    {
        app.Use(FrontAsync);
        app.MapGet("/api/detection_engine/privileges", http => WriteAsync(http, 200, new JsonObject
        {
            ["username"] = "responder", ["has_all_requested"] = Privileges.Count > 1, ["is_authenticated"] = true,
            ["index"] = new JsonObject { [".alerts-security.alerts-default"] = new JsonObject { ["read"] = Privileges.Contains("read"), ["write"] = Privileges.Contains("write") } },
        }));
        app.MapPost("/api/detection_engine/signals/search", http => SearchAsync(http, site));
        app.MapPost("/api/detection_engine/signals/status", http => StatusAsync(http, site));
        app.MapPost("/api/detection_engine/signals/assignees", http => AssignAsync(http, site));
        app.MapGet("/api/note", http => NotesAsync(http, site));
        app.MapPatch("/api/note", http => NoteAsync(http, site));
        app.MapFallback(http => ErrorAsync(http, 404, "Not Found", "Not Found"));
    }

    public override JsonObject Line(EmulatorSite site) => new() { ["url"] = site.Url.GetLeftPart(UriPartial.Authority), ["api_key"] = _key };

    public override IReadOnlyDictionary<string, string?> Settings(EmulatorSite site) => new Dictionary<string, string?> { ["Url"] = site.Url.GetLeftPart(UriPartial.Authority), ["ApiKey"] = _key };

    public override Task RefuseAsync(HttpContext http, int status, TimeSpan? retryAfter, EmulatorSite site)
    {
        if (status == 429 || retryAfter is not null)
        {
            http.Response.Headers.RetryAfter = ((int)Math.Ceiling((retryAfter ?? TimeSpan.FromSeconds(2)).TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        return ErrorAsync(http, status, status == 429 ? "Too Many Requests" : "Internal Server Error", status == 429 ? "Server is overloaded." : "An internal server error occurred.");
    }

    private static Task ErrorAsync(HttpContext http, int status, string error, string message) =>
        WriteAsync(http, status, new JsonObject { ["statusCode"] = status, ["error"] = error, ["message"] = message });

    private static Task WriteAsync(HttpContext http, int status, JsonObject body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        return http.Response.WriteAsync(body.ToJsonString());
    }

    private Task FrontAsync(HttpContext http, RequestDelegate next) =>
        http.Request.Headers.Authorization != "ApiKey " + _key ? ErrorAsync(http, 401, "Unauthorized", "[security_exception]: unable to authenticate with provided credentials")
        : http.Request.Method != "GET" && !http.Request.Headers.ContainsKey("kbn-xsrf") ? ErrorAsync(http, 400, "Bad Request", "Request must contain a kbn-xsrf header.")
        : next(http);

    private static async Task SearchAsync(HttpContext http, EmulatorSite site)
    {
        var body = await ODataAnswers.BodyAsync(http);
        var ids = body is { } json && json.TryGetProperty("query", out var query) && query.TryGetProperty("ids", out var named) ? Texts(named, "values") : [];
        var now = site.Time.GetUtcNow();
        var hits = site.Estate.Read(company => ids.Where(id => company.Siem.Alerts.TryGetValue(id, out var alert) && !(alert.At > now)).Select(id => Hit(id, company.Siem.Alert(id), now)).ToList());
        await WriteAsync(http, 200, new JsonObject
        {
            ["took"] = 3, ["timed_out"] = false,
            ["hits"] = new JsonObject { ["total"] = new JsonObject { ["value"] = hits.Count, ["relation"] = "eq" }, ["hits"] = new JsonArray([.. hits.Select(hit => (JsonNode)hit)]) },
        });
    }

    private async Task StatusAsync(HttpContext http, EmulatorSite site)
    {
        var body = await ODataAnswers.BodyAsync(http);
        var (ids, status) = (Texts(body, "signal_ids"), ODataAnswers.Text(body, "status"));
        if (ids.Count == 0 || !Statuses.Contains(status))
        {
            await ErrorAsync(http, 400, "Bad Request", "[request body]: signal_ids and a known status are required");
        }
        else if (!Privileges.Contains("write"))
        {
            await ErrorAsync(http, 403, "Forbidden", "Action forbidden");
        }
        else
        {
            var known = site.Estate.Read(company => ids.Where(company.Siem.Alerts.ContainsKey).ToList());
            var word = status switch { "open" => "new", "closed" => "closed", _ => "in_progress" };
            known.ForEach(id => site.Estate.Do(EmulatorSite.By(http, "siem.update_alert", id), company => company.Siem.Alert(id).Status == word ? null : new AlertChanged(id, word)));
            await WriteAsync(http, 200, new JsonObject { ["took"] = 5, ["total"] = known.Count, ["updated"] = known.Count, ["failures"] = new JsonArray() });
        }
    }

    private static async Task AssignAsync(HttpContext http, EmulatorSite site)
    {
        var body = await ODataAnswers.BodyAsync(http);
        var ids = site.Estate.Read(company => Texts(body, "ids").Where(company.Siem.Alerts.ContainsKey).ToList());
        var added = body is { } json && json.TryGetProperty("assignees", out var change) ? Texts(change, "add") : [];
        if (ids.Count == 0 || added.Count == 0)
        {
            await ErrorAsync(http, 400, "Bad Request", "[request body]: ids and assignees are required");
            return;
        }

        ids.ForEach(id => site.Estate.Do(EmulatorSite.By(http, "siem.update_alert", id), company => company.Siem.Alert(id).Owner == added[0] ? null : new AlertChanged(id, Owner: added[0])));
        await WriteAsync(http, 200, new JsonObject { ["took"] = 5, ["updated"] = ids.Count, ["failures"] = new JsonArray() });
    }

    private static Task NotesAsync(HttpContext http, EmulatorSite site)
    {
        var id = http.Request.Query["documentIds"].ToString();
        var notes = site.Estate.Read(company => company.Siem.Alerts.GetValueOrDefault(id)?.Comments.Select(comment => (JsonNode)Note(id, comment)).ToArray() ?? []);
        return WriteAsync(http, 200, new JsonObject { ["totalCount"] = notes.Length, ["notes"] = new JsonArray(notes) });
    }

    private static async Task NoteAsync(HttpContext http, EmulatorSite site)
    {
        var body = await ODataAnswers.BodyAsync(http);
        var note = body is { } json && json.TryGetProperty("note", out var given) ? given : default(JsonElement?);
        var (id, text) = (ODataAnswers.Text(note, "eventId"), ODataAnswers.Text(note, "note"));
        if (id is null || text is not { Length: > 0 } || ODataAnswers.Text(note, "timelineId") is null || !site.Estate.Read(company => company.Siem.Alerts.ContainsKey(id)))
        {
            await ErrorAsync(http, 400, "Bad Request", "[request body]: eventId, note and timelineId are required");
            return;
        }

        site.Estate.Do(EmulatorSite.By(http, "siem.comment_alert", id), _ => new AlertChanged(id, Comment: text));
        await WriteAsync(http, 200, new JsonObject { ["note"] = Note(id, site.Estate.Read(company => company.Siem.Alert(id).Comments[^1])) });
    }

    private static JsonObject Note(string id, Remark comment) => new()
    {
        ["noteId"] = comment.Id, ["version"] = "WzEsMV0=", ["eventId"] = id, ["note"] = comment.Body, ["timelineId"] = string.Empty, ["created"] = comment.At.ToUnixTimeMilliseconds(), ["createdBy"] = "responder",
    };

    private static JsonObject Hit(string id, SiemAlert alert, DateTimeOffset now) => new()
    {
        ["_index"] = ".internal.alerts-security.alerts-default-000001", ["_id"] = id,
        ["_source"] = new JsonObject
        {
            ["@timestamp"] = Json.Time(alert.At ?? now), ["kibana.alert.uuid"] = id, ["kibana.alert.rule.name"] = alert.Title, ["kibana.alert.severity"] = alert.Severity ?? "medium", ["kibana.alert.status"] = "active",
            ["kibana.alert.workflow_status"] = alert.Status switch { "new" => "open", "resolved" or "closed" => "closed", _ => "acknowledged" },
            ["kibana.alert.workflow_assignee_ids"] = alert.Owner is null ? new JsonArray() : new JsonArray(alert.Owner),
        },
    };

    private static List<string> Texts(JsonElement? holder, string name) => holder is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
        ? [.. list.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!)] : [];
}
