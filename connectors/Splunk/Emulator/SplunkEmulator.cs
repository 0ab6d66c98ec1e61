using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Responder.Sdk;
using Responder.Sdk.Emulation;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Splunk.Emulator;

/// <summary>Splunk's management API over the estate's events and alerts: jobs that take a moment, results in pages and as text, notables.</summary>
internal sealed partial class SplunkEmulator : Sdk.Emulation.Emulator
{
    private static readonly string[] Words = ["unassigned", "new", "in_progress", "pending", "resolved", "closed"];

    private readonly string _token = EmulatorSite.NewSecret(60);
    private readonly ConcurrentDictionary<string, Job> _jobs = new(StringComparer.Ordinal);

    public override string Name => "splunk";

    /// <summary>Capabilities that the token's user has.</summary>
    public HashSet<string> Capabilities { get; } = ["search", "edit_notable_events"];

    public override void Map(WebApplication app, EmulatorSite site)
    {
        app.Use((http, next) => http.Request.Headers.Authorization == "Bearer " + _token ? next(http) : MessageAsync(http, 401, "WARN", "call not properly authenticated"));
        app.MapGet("/services/authentication/current-context", http => WriteAsync(http, 200, Entry(new JsonObject
        {
            ["username"] = "responder", ["capabilities"] = new JsonArray([.. Capabilities.Select(one => (JsonNode)one)]),
        })));
        app.MapPost("/services/search/v2/jobs", http => CreateAsync(http, site));
        app.MapGet("/services/search/v2/jobs/{sid}", StatusAsync);
        app.MapGet("/services/search/v2/jobs/{sid}/results", http => ResultsAsync(http, site));
        app.MapPost("/services/notable_update", http => UpdateAsync(http, site));
        app.MapFallback(http => MessageAsync(http, 404, "ERROR", "Not Found"));
    }

    public override JsonObject Line(EmulatorSite site) => new() { ["url"] = site.Url.GetLeftPart(UriPartial.Authority), ["token"] = _token };

    public override IReadOnlyDictionary<string, string?> Settings(EmulatorSite site) => new Dictionary<string, string?> { ["Url"] = site.Url.GetLeftPart(UriPartial.Authority), ["Token"] = _token };

    public override async Task RefuseAsync(HttpContext http, int status, TimeSpan? retryAfter, EmulatorSite site)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (retryAfter is { } wait)
        {
            http.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        await MessageAsync(http, status, "FATAL", status == 503 ? "Server is busy." : "Internal server error");
    }

    private static Task MessageAsync(HttpContext http, int status, string type, string text) =>
        WriteAsync(http, status, new JsonObject { ["messages"] = new JsonArray(new JsonObject { ["type"] = type, ["text"] = text }) });

    private static async Task WriteAsync(HttpContext http, int status, JsonNode body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=UTF-8";
        await http.Response.WriteAsync(body.ToJsonString());
    }

    private static JsonObject Entry(JsonObject content) => new() { ["entry"] = new JsonArray(new JsonObject { ["content"] = content }) };

    private async Task CreateAsync(HttpContext http, EmulatorSite site)
    {
        var form = await http.Request.ReadFormAsync();
        var (query, sid) = (form["search"].ToString(), form["id"].ToString() is { Length: > 0 } own ? own : EmulatorSite.NewHex());
        if (!query.StartsWith('|') && !query.StartsWith("search ", StringComparison.OrdinalIgnoreCase))
        {
            await MessageAsync(http, 400, "FATAL", $"Unknown search command '{query.Split(' ')[0]}'.");
            return;
        }

        try
        {
            if (!_jobs.TryAdd(sid, new Job(Rows(query, Time(form["earliest_time"]), Time(form["latest_time"]), site))))
            {
                await MessageAsync(http, 409, "ERROR", $"Unable to create search. A job of the id {sid} exists.");
                return;
            }

            await WriteAsync(http, 201, new JsonObject { ["sid"] = sid });
        }
        catch (ActionFailure failure)
        {
            await MessageAsync(http, 400, "FATAL", failure.Message);
        }
    }

    private Task StatusAsync(HttpContext http)
    {
        if (!_jobs.TryGetValue((string)http.Request.RouteValues["sid"]!, out var job))
        {
            return MessageAsync(http, 404, "FATAL", "Unknown sid.");
        }

        var done = job.Look();
        return WriteAsync(http, 200, Entry(new JsonObject
        {
            ["isDone"] = done, ["isFailed"] = false, ["dispatchState"] = done ? "DONE" : "RUNNING", ["resultCount"] = done ? job.Rows.Count : 0, ["messages"] = new JsonObject(),
        }));
    }

    private Task ResultsAsync(HttpContext http, EmulatorSite site)
    {
        // A job that was ordered here, or one of a scheduled search that a webhook told of.
        var sid = (string)http.Request.RouteValues["sid"]!;
        var job = _jobs.GetValueOrDefault(sid);
        if ((job?.Rows ?? site.Estate.Read(company => company.Siem.Searches.GetValueOrDefault(sid)?.Select(AsText).ToList())) is not { } rows)
        {
            return MessageAsync(http, 404, "FATAL", "Unknown sid.");
        }

        if (job is { IsDone: false })
        {
            http.Response.StatusCode = 204;
            return Task.CompletedTask;
        }

        var count = int.TryParse(http.Request.Query["count"], out var most) && most > 0 ? most : 50_000;
        var offset = int.TryParse(http.Request.Query["offset"], out var from) ? from : 0;
        return WriteAsync(http, 200, new JsonObject
        {
            ["preview"] = false, ["init_offset"] = offset, ["messages"] = new JsonArray(), ["results"] = new JsonArray([.. Paging.Slice(rows, offset, count).Page.Select(row => (JsonNode)row.DeepClone())]),
        });
    }

    private async Task UpdateAsync(HttpContext http, EmulatorSite site)
    {
        var form = await http.Request.ReadFormAsync();
        var (id, status, owner, comment) = (form["ruleUIDs"].ToString(), form["status"].ToString(), form["newOwner"].ToString(), form["comment"].ToString());
        if (!Capabilities.Contains("edit_notable_events"))
        {
            await MessageAsync(http, 403, "ERROR", "insufficient permission to access this resource");
            return;
        }

        if (!site.Estate.Read(company => company.Siem.Alerts.ContainsKey(id)) || (status.Length > 0 && !(int.TryParse(status, out var number) && number is >= 0 and <= 5)))
        {
            await WriteAsync(http, 200, new JsonObject { ["success"] = false, ["message"] = "0 events updated successfully. No event of that id, or no such status.", ["success_count"] = 0, ["failure_count"] = 1 });
            return;
        }

        var only = status.Length == 0 && owner.Length == 0;
        site.Estate.Do(
            EmulatorSite.By(http, only ? "siem.comment_alert" : "siem.update_alert", id, Mark().Match(comment) is { Success: true } mark ? mark.Groups[1].Value : null),
            _ => new AlertChanged(id, status.Length == 0 ? null : Words[int.Parse(status, CultureInfo.InvariantCulture)], owner.Length == 0 ? null : owner, comment.Length == 0 ? null : comment));
        await WriteAsync(http, 200, new JsonObject { ["success"] = true, ["message"] = "1 event updated successfully.", ["success_count"] = 1, ["failure_count"] = 0, ["details"] = new JsonObject() });
    }

    private static IReadOnlyList<JsonObject> Rows(string query, DateTimeOffset? earliest, DateTimeOffset? latest, EmulatorSite site)
    {
        if (FeedQuery().Match(query) is { Success: true } feed)
        {
            var (since, head) = (DateTimeOffset.FromUnixTimeSeconds(long.Parse(feed.Groups[1].Value, CultureInfo.InvariantCulture)), int.Parse(feed.Groups[2].Value, CultureInfo.InvariantCulture));
            return site.Estate.Read<IReadOnlyList<JsonObject>>(company =>
                [.. company.Siem.Alerts.Where(one => one.Value.At >= since && one.Value.At <= site.Time.GetUtcNow() && one.Value.At >= earliest).OrderBy(one => one.Value.At).Take(head).Select(one => Notable(one.Key, one.Value))]);
        }

        if (NotableQuery().Match(query) is { Success: true } notable)
        {
            var id = Plain(notable.Groups[1].Value);
            return site.Estate.Read<IReadOnlyList<JsonObject>>(company => company.Siem.Alerts.GetValueOrDefault(id) is { } alert ? [Notable(id, alert)] : []);
        }

        if (ReviewQuery().Match(query) is { Success: true } review)
        {
            var id = Plain(review.Groups[1].Value);
            return site.Estate.Read<IReadOnlyList<JsonObject>>(company => company.Siem.Alerts.GetValueOrDefault(id) is { } alert
                ? [.. alert.Comments.AsEnumerable().Reverse().Take(50).Select(comment => new JsonObject { ["comment"] = comment.Body })] : []);
        }

        var text = query.StartsWith("search ", StringComparison.OrdinalIgnoreCase) ? query["search ".Length..] : query;
        var now = site.Time.GetUtcNow();
        var answer = site.Estate.Read(company => EventSearch.Run(company, text, earliest, latest is { } until && until < now ? until : now));
        return [.. answer.Rows.Select(AsText)];
    }

    /// <summary>A notable with the fields of its incident review, and what its detection search gave by the names of Splunk's common model.</summary>
    private static JsonObject Notable(string id, SiemAlert alert)
    {
        var row = new JsonObject
        {
            ["event_id"] = id, ["rule_title"] = alert.Title, ["search_name"] = $"Threat - {alert.Title} - Rule", ["status"] = Array.IndexOf(Words, alert.Status).ToString(CultureInfo.InvariantCulture), ["status_label"] = alert.Status,
            ["owner"] = alert.Owner ?? "unassigned", ["urgency"] = alert.Severity, ["dest"] = Part(alert, "device", "hostname"), ["user"] = Part(alert, "user", "name"), ["user_email"] = Part(alert, "user", "email"),
            ["process_path"] = Part(alert, "process", "image"), ["annotations.mitre_attack"] = alert.Alert.TryGetValue("attack", out var attack) ? JsonNode.Parse(attack.GetRawText()) : null,
            ["_time"] = alert.At is { } at ? Json.Time(at) : null, ["indextime"] = alert.At?.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        };
        foreach (var name in row.Where(field => field.Value is null).Select(field => field.Key).ToList())
        {
            row.Remove(name);
        }

        return row;
    }

    private static string? Part(SiemAlert alert, string part, string field) =>
        alert.Alert.TryGetValue(part, out var value) && value.ValueKind == JsonValueKind.Object && value.TryGetProperty(field, out var text) ? text.ToString() : null;

    /// <summary>Every value as text, as Splunk writes them.</summary>
    private static JsonObject AsText(JsonElement row)
    {
        var text = new JsonObject();
        foreach (var field in row.EnumerateObject())
        {
            text[field.Name] = field.Value.ValueKind == JsonValueKind.Array ? new JsonArray([.. field.Value.EnumerateArray().Select(one => (JsonNode)one.ToString())]) : field.Value.ToString();
        }

        return text;
    }

    private static string Plain(string quoted) => quoted.Replace("\\\"", "\"", StringComparison.Ordinal).Replace(@"\\", @"\", StringComparison.Ordinal);

    private static DateTimeOffset? Time(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    [GeneratedRegex("^search _index_earliest=([0-9]{1,11}) `notable` \\| eval indextime=_indextime \\| sort 0 \\+ num\\(indextime\\) \\| head ([0-9]{1,6})$", RegexOptions.CultureInvariant)]
    private static partial Regex FeedQuery();

    [GeneratedRegex("^search `notable` \\| search event_id=\"((?:[^\"\\\\]|\\\\.)*)\"", RegexOptions.CultureInvariant)]
    private static partial Regex NotableQuery();

    [GeneratedRegex("^\\| inputlookup incident_review_lookup where rule_id=\"((?:[^\"\\\\]|\\\\.)*)\"", RegexOptions.CultureInvariant)]
    private static partial Regex ReviewQuery();

    [GeneratedRegex(@"\[responder:([0-9a-f]{16})\]", RegexOptions.CultureInvariant)]
    private static partial Regex Mark();

    /// <summary>A job: it runs until it was looked at once.</summary>
    private sealed class Job(IReadOnlyList<JsonObject> rows)
    {
        private int _looks;

        public IReadOnlyList<JsonObject> Rows => rows;

        public bool IsDone => Volatile.Read(ref _looks) > 1;

        public bool Look() => Interlocked.Increment(ref _looks) > 1;
    }
}
