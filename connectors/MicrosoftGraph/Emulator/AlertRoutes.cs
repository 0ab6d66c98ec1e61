using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Responder.Sdk;
using Responder.Sdk.Emulation;
using Responder.Sdk.Estate;

namespace Responder.Connectors.MicrosoftGraph.Emulator;

/// <summary>Alerts of Defender XDR: the estate's alerts whose time has come, the most recent first.</summary>
internal sealed class AlertRoutes(EmulatorSite site, ODataAnswers answers, Func<string> tenant)
{
    private static readonly string[] Statuses = ["new", "inProgress", "resolved"];
    private static readonly string[] Classes = ["unknown", "falsePositive", "truePositive", "informationalExpectedActivity"];
    private readonly ConcurrentDictionary<string, string> _classified = new(StringComparer.Ordinal);

    public void Map(WebApplication app)
    {
        app.MapGet($"/{GraphEmulator.Root}/security/alerts_v2", ListAsync);
        app.MapGet($"/{GraphEmulator.Root}/security/alerts_v2/{{id}}", http => Read(Id(http)) is { } alert ? answers.EntityAsync(http, "security/alerts_v2/$entity", alert) : UnknownAsync(http));
        app.MapPatch($"/{GraphEmulator.Root}/security/alerts_v2/{{id}}", PatchAsync);
        app.MapPost($"/{GraphEmulator.Root}/security/alerts_v2/{{id}}/comments", CommentAsync);
    }

    private Task ListAsync(HttpContext http)
    {
        if (ODataFilter.Parse(http.Request.Query["$filter"]) is not { } test || http.Request.Query.ContainsKey("$orderby"))
        {
            return answers.ErrorAsync(http, 400, "BadRequest", "Invalid filter clause");
        }

        var found = site.Estate.Read(company => company.Siem.Alerts.Where(one => one.Value.At <= site.Time.GetUtcNow() && test(path => Field(one.Value, path)))
            .OrderByDescending(one => one.Value.At).Select(one => one.Key).ToList());
        return answers.ListAsync(http, "security/alerts_v2", [.. found.Select(id => Read(id)!)], most: 2000);
    }

    private async Task PatchAsync(HttpContext http)
    {
        var (id, body) = (Id(http), await ODataAnswers.BodyAsync(http));
        if (Read(id) is null)
        {
            await UnknownAsync(http);
            return;
        }

        var (status, owner, classified) = (ODataAnswers.Text(body, "status"), ODataAnswers.Text(body, "assignedTo"), ODataAnswers.Text(body, "classification"));
        if ((status is not null && !Statuses.Contains(status)) || (classified is not null && !Classes.Contains(classified)))
        {
            await answers.ErrorAsync(http, 400, "BadRequest", "Requested value was not found.");
            return;
        }

        if (classified is not null)
        {
            _classified[id] = classified;
        }

        site.Estate.Do(EmulatorSite.By(http, "siem.update_alert", id), _ => status is null && owner is null ? null : new AlertChanged(id, status is null ? null : JsonNamingPolicy.SnakeCaseLower.ConvertName(status), owner));
        await answers.EntityAsync(http, "security/alerts_v2/$entity", Read(id)!);
    }

    private async Task CommentAsync(HttpContext http)
    {
        var (id, body) = (Id(http), await ODataAnswers.BodyAsync(http));
        if (Read(id) is null)
        {
            await UnknownAsync(http);
        }
        else if (ODataAnswers.Text(body, "comment") is not { Length: > 0 } comment)
        {
            await answers.ErrorAsync(http, 400, "BadRequest", "A comment is required.");
        }
        else
        {
            site.Estate.Do(EmulatorSite.By(http, "siem.comment_alert", id), _ => new AlertChanged(id, Comment: comment));
            await ODataAnswers.WriteAsync(http, 200, new JsonObject { ["value"] = Read(id)!["comments"]!.DeepClone() });
        }
    }

    private Task UnknownAsync(HttpContext http) => answers.ErrorAsync(http, 404, "NotFound", $"Alert {Id(http)} was not found.");

    private JsonObject? Read(string id) => site.Estate.Read(company =>
        company.Siem.Alerts.TryGetValue(id, out var alert) && !(alert.At > site.Time.GetUtcNow()) ? Shape(id, alert, company) : null);

    private static IEnumerable<object?> Field(SiemAlert alert, string path) => path switch
    {
        "createdDateTime" => [alert.At],
        "lastUpdateDateTime" => [alert.ChangedAt ?? alert.At],
        "status" => [StatusOf(alert)],
        "severity" => [alert.Severity],
        "assignedTo" => [alert.Owner],
        _ => [null],
    };

    private static string StatusOf(SiemAlert alert) => alert.Status switch { "in_progress" => "inProgress", "closed" or "resolved" => "resolved", _ => "new" };

    private JsonObject Shape(string id, SiemAlert alert, Company company)
    {
        var (at, evidence) = (Json.Time(alert.At ?? site.Time.GetUtcNow()), new JsonArray());
        if (alert.Alert.TryGetValue("device", out var device) && ODataAnswers.Text(device, "hostname") is { } hostname)
        {
            evidence.Add((JsonNode)new JsonObject
            {
                ["@odata.type"] = "#microsoft.graph.security.deviceEvidence", ["createdDateTime"] = at, ["verdict"] = "unknown", ["deviceDnsName"] = $"{hostname}.{company.Names.Domain}".ToLowerInvariant(), ["hostName"] = hostname, ["osPlatform"] = "Windows11",
            });
        }

        if (alert.Alert.TryGetValue("user", out var user))
        {
            evidence.Add((JsonNode)new JsonObject
            {
                ["@odata.type"] = "#microsoft.graph.security.userEvidence", ["createdDateTime"] = at, ["verdict"] = "unknown",
                ["userAccount"] = new JsonObject { ["accountName"] = ODataAnswers.Text(user, "name"), ["domainName"] = ODataAnswers.Text(user, "domain"), ["userPrincipalName"] = ODataAnswers.Text(user, "email") },
            });
        }

        if (alert.Alert.TryGetValue("process", out var process) && ODataAnswers.Text(process, "image") is { } image)
        {
            evidence.Add((JsonNode)new JsonObject
            {
                ["@odata.type"] = "#microsoft.graph.security.processEvidence", ["createdDateTime"] = at, ["verdict"] = "suspicious", ["processId"] = process.GetProperty("pid").GetInt64(),
                ["imageFile"] = new JsonObject { ["fileName"] = image[(image.LastIndexOf('\\') + 1)..], ["filePath"] = image[..image.LastIndexOf('\\')] },
            });
        }

        if (alert.Alert.TryGetValue("file", out var file) && ODataAnswers.Text(file, "parent_folder") is { } folder)
        {
            evidence.Add((JsonNode)new JsonObject { ["@odata.type"] = "#microsoft.graph.security.fileEvidence", ["createdDateTime"] = at, ["verdict"] = "suspicious", ["fileDetails"] = new JsonObject { ["fileName"] = ODataAnswers.Text(file, "name"), ["filePath"] = folder } });
        }

        return new JsonObject
        {
            ["@odata.type"] = "#microsoft.graph.security.alert", ["id"] = id, ["providerAlertId"] = id, ["incidentId"] = "28282", ["status"] = StatusOf(alert), ["severity"] = alert.Severity == "critical" ? "high" : alert.Severity ?? "unknown",
            ["classification"] = _classified.TryGetValue(id, out var classified) ? classified : null, ["determination"] = null, ["serviceSource"] = "microsoftDefenderForEndpoint", ["detectionSource"] = "customDetection", ["tenantId"] = tenant(),
            ["title"] = alert.Title, ["description"] = alert.Title, ["category"] = "Collection", ["assignedTo"] = alert.Owner, ["alertWebUrl"] = $"https://security.microsoft.com/alerts/{Uri.EscapeDataString(id)}?tid={tenant()}",
            ["mitreTechniques"] = alert.Alert.TryGetValue("attack", out var attack) ? JsonNode.Parse(attack.GetRawText()) : new JsonArray(),
            ["createdDateTime"] = at, ["firstActivityDateTime"] = at, ["lastActivityDateTime"] = at, ["lastUpdateDateTime"] = Json.Time(alert.ChangedAt ?? alert.At ?? site.Time.GetUtcNow()), ["resolvedDateTime"] = StatusOf(alert) == "resolved" ? Json.Time(alert.ChangedAt ?? site.Time.GetUtcNow()) : null,
            ["comments"] = new JsonArray([.. alert.Comments.Select(comment => (JsonNode)new JsonObject { ["comment"] = comment.Body, ["createdByDisplayName"] = "API-App:responder", ["createdDateTime"] = Json.Time(comment.At) })]),
            ["evidence"] = evidence, ["systemTags"] = new JsonArray(),
        };
    }

    private static string Id(HttpContext http) => http.Request.RouteValues["id"]!.ToString()!;
}
