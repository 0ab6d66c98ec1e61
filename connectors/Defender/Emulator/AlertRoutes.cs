using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Responder.Sdk;
using Responder.Sdk.Emulation;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Defender.Emulator;

/// <summary>Alerts: the estate's detections, and what scans found.</summary>
internal sealed class AlertRoutes(EmulatorSite site, ODataAnswers answers)
{
    private static readonly string[] Statuses = ["New", "InProgress", "Resolved"];
    private static readonly string[] Classes = ["TruePositive", "FalsePositive", "InformationalExpectedActivity"];

    public void Map(WebApplication app)
    {
        app.MapGet("/api/alerts", ListAsync);
        app.MapGet("/api/alerts/{id}", http => All().FirstOrDefault(alert => (string?)alert["id"] == Id(http)) is { } alert ? answers.EntityAsync(http, "Alerts/$entity", alert) : UnknownAsync(http));
        app.MapGet("/api/machines/{id}/alerts", http => answers.ListAsync(http, "Alerts", [.. All().Where(alert => (string?)alert["machineId"] == Id(http))], size: 10_000, most: 10_000));
        app.MapPatch("/api/alerts/{id}", PatchAsync);
    }

    private Task ListAsync(HttpContext http)
    {
        if (ODataFilter.Parse(http.Request.Query["$filter"]) is not { } test)
        {
            return answers.ErrorAsync(http, 400, "BadRequest", "Invalid OData query");
        }

        var found = All().Where(alert => test(path => path.EndsWith("Time", StringComparison.Ordinal) && alert[path] is { } time
            ? [DateTimeOffset.Parse((string)time!, CultureInfo.InvariantCulture)] : [alert[path]?.GetValueKind() == JsonValueKind.String ? (string?)alert[path] : null]));
        return answers.ListAsync(http, "Alerts", [.. found.OrderByDescending(alert => (string?)alert["alertCreationTime"], StringComparer.Ordinal)], size: 10_000, most: 10_000);
    }

    private async Task PatchAsync(HttpContext http)
    {
        var (id, body) = (Id(http), await ODataAnswers.BodyAsync(http));
        if (!site.Estate.Read(company => company.Detections.ContainsKey(id)))
        {
            await UnknownAsync(http);
            return;
        }

        var (status, classified, owner, comment) = (ODataAnswers.Text(body, "status"), ODataAnswers.Text(body, "classification"), ODataAnswers.Text(body, "assignedTo"), ODataAnswers.Text(body, "comment"));
        if ((status is not null && !Statuses.Contains(status)) || (classified is not null && !Classes.Contains(classified)) || (status ?? classified ?? owner ?? comment) is null)
        {
            await answers.ErrorAsync(http, 400, "InvalidInput", "The request body holds no valid value");
            return;
        }

        var word = (status, classified) switch
        {
            ("Resolved" or null, "TruePositive") => "true_positive",
            ("Resolved" or null, "FalsePositive") => "false_positive",
            ("Resolved", _) => "closed",
            ("InProgress", _) => "in_progress",
            ("New", _) => "new",
            _ => null,
        };
        site.Estate.Do(EmulatorSite.By(http, "edr.update_detection", id), _ => new DetectionChanged(id, word, owner, comment));
        await answers.EntityAsync(http, "Alerts/$entity", All().First(alert => (string?)alert["id"] == id));
    }

    private List<JsonObject> All() => site.Estate.Read(company => company.Detections.Where(one => !(one.Value.CreatedAt > site.Time.GetUtcNow())).Select(one => Shape(one.Key, one.Value, company))
        .Concat(company.Scans.Values.Where(scan => site.Time.GetUtcNow() - scan.At >= company.Host(scan.Host).Scan.Takes).SelectMany(scan => company.Host(scan.Host).Scan.Threats.Select((threat, index) => Found(scan, threat, index, company)))).ToList());

    private JsonObject Shape(string id, Detection one, Company company)
    {
        var (at, host) = (one.CreatedAt ?? site.Time.GetUtcNow(), one.Host is { } name ? company.Hosts.GetValueOrDefault(name) : null);
        var user = one.User?.Split('\\', 2) ?? [];
        return new JsonObject
        {
            ["id"] = id, ["incidentId"] = 1126, ["investigationId"] = null, ["assignedTo"] = one.Assignee, ["severity"] = one.Severity switch { >= 70 => "High", >= 40 => "Medium", >= 20 => "Low", _ => "Informational" },
            ["status"] = one.Status switch { "in_progress" => "InProgress", "true_positive" or "false_positive" or "closed" => "Resolved", _ => "New" },
            ["classification"] = one.Status switch { "true_positive" => "TruePositive", "false_positive" => "FalsePositive", _ => null }, ["determination"] = null, ["investigationState"] = "Queued", ["detectionSource"] = "WindowsDefenderAtp",
            ["category"] = "Collection", ["title"] = one.Title, ["description"] = one.Title, ["alertCreationTime"] = Json.Time(at), ["firstEventTime"] = Json.Time(at), ["lastEventTime"] = Json.Time(at),
            ["lastUpdateTime"] = Json.Time(one.ChangedAt ?? at), ["resolvedTime"] = null, ["machineId"] = host is null ? null : OrderBook.IdOf(host), ["computerDnsName"] = host is null ? null : OrderBook.NameOf(host, company),
            ["rbacGroupName"] = null, ["threatName"] = null, ["mitreTechniques"] = new JsonArray([.. one.Techniques.Select(technique => (JsonNode?)technique)]),
            ["relatedUser"] = user.Length == 2 ? new JsonObject { ["userName"] = user[1], ["domainName"] = user[0] } : null,
            ["comments"] = new JsonArray([.. one.Comments.Select(comment => (JsonNode)new JsonObject { ["comment"] = comment.Body, ["createdBy"] = "responder", ["createdTime"] = Json.Time(comment.At) })]),
            ["evidence"] = new JsonArray(),
        };
    }

    private static JsonObject Found(ScanOrder scan, Sdk.Edr.ThreatFound threat, int index, Company company)
    {
        var (host, at) = (company.Host(scan.Host), Json.Time(scan.At + company.Host(scan.Host).Scan.Takes));
        return new JsonObject
        {
            ["id"] = string.Create(CultureInfo.InvariantCulture, $"da{scan.Id}_{index}"), ["incidentId"] = 1127, ["assignedTo"] = null, ["severity"] = "High", ["status"] = "New", ["classification"] = null, ["determination"] = null, ["detectionSource"] = "WindowsDefenderAv",
            ["category"] = "Malware", ["title"] = $"'{threat.Name}' malware was detected", ["description"] = threat.Name, ["alertCreationTime"] = at, ["firstEventTime"] = at, ["lastEventTime"] = at, ["lastUpdateTime"] = at,
            ["machineId"] = OrderBook.IdOf(host), ["computerDnsName"] = OrderBook.NameOf(host, company), ["threatName"] = threat.Name, ["mitreTechniques"] = new JsonArray(), ["comments"] = new JsonArray(),
            ["evidence"] = new JsonArray(new JsonObject { ["entityType"] = "File", ["fileName"] = threat.Path[(threat.Path.LastIndexOf('\\') + 1)..], ["filePath"] = threat.Path[..threat.Path.LastIndexOf('\\')], ["detectionStatus"] = threat.Action == "quarantined" ? "Prevented" : "Detected" }),
        };
    }

    private Task UnknownAsync(HttpContext http) => answers.ErrorAsync(http, 404, "ResourceNotFound", $"Alert {Id(http)} was not found");

    private static string Id(HttpContext http) => http.Request.RouteValues["id"]!.ToString()!;
}
