using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Responder.Sdk;
using Responder.Sdk.Emulation;
using Responder.Sdk.Estate;

namespace Responder.Connectors.CrowdStrike.Emulator;

/// <summary>Alerts v2 and v3.</summary>
internal sealed class AlertRoutes(EmulatorSite site)
{
    private static readonly string[] Statuses = ["new", "in_progress", "reopened", "closed"];

    public void Map(WebApplication app)
    {
        app.MapGet("/alerts/queries/alerts/v2", QueryAsync);
        app.MapPost("/alerts/entities/alerts/v2", GetAsync);
        app.MapPatch("/alerts/entities/alerts/v3", UpdateAsync);
    }

    private Task QueryAsync(HttpContext http)
    {
        var (offset, limit, sort) = (Envelope.Number(http, "offset", 0), Envelope.Number(http, "limit", 100), http.Request.Query["sort"].ToString().Split('|', '.'));
        if (FqlFilter.Parse(http.Request.Query["filter"]) is not { } test || limit > 10_000 || offset + limit > 10_000 || sort is not ([""] or ["created_timestamp" or "updated_timestamp", "asc" or "desc"]))
        {
            return Envelope.ErrorAsync(http, 400, 400, "invalid filter, sort, or a place beyond 10000");
        }

        var found = site.Estate.Read(company => Here(company).Select(id => (Id: id, Alert: company.Detections[id])).Where(one => test(field => Field(one.Id, one.Alert, field))).ToList());
        var ordered = sort is ["updated_timestamp", ..] ? found.OrderBy(one => one.Alert.ChangedAt ?? one.Alert.CreatedAt) : found.OrderBy(one => one.Alert.CreatedAt);
        var ids = ordered.ThenBy(one => one.Id, StringComparer.Ordinal).Select(one => one.Id).ToList();
        if (sort is not [_, "asc"])
        {
            ids.Reverse();
        }

        return Envelope.WriteAsync(http, 200, Envelope.Of(Envelope.List(Paging.Slice(ids, offset, limit).Page), ids.Count, offset, limit));
    }

    /// <summary>Those whose time has come.</summary>
    private IEnumerable<string> Here(Company company) => company.Detections.Where(one => !(one.Value.CreatedAt > site.Time.GetUtcNow())).Select(one => one.Key);

    private static IEnumerable<string> Field(string id, Detection alert, string field) => field switch
    {
        "composite_id" or "id" => [id],
        "status" => [alert.Status],
        "created_timestamp" => alert.CreatedAt is { } at ? [Json.Time(at)] : [],
        "updated_timestamp" => (alert.ChangedAt ?? alert.CreatedAt) is { } at ? [Json.Time(at)] : [],
        _ => [],
    };

    private async Task GetAsync(HttpContext http)
    {
        var ids = Envelope.Texts(await Envelope.BodyAsync(http), "composite_ids");
        if (ids.Count is 0 or > 1000)
        {
            await Envelope.ErrorAsync(http, 400, 400, "1 to 1000 composite_ids are required");
            return;
        }

        var answer = site.Estate.Read(company =>
        {
            var here = Here(company).ToHashSet(StringComparer.Ordinal);
            var made = Envelope.Of([.. ids.Where(here.Contains).Select(id => Alert(id, company.Detections[id], company))]);
            made["errors"] = new JsonArray([.. ids.Where(id => !here.Contains(id)).Select(id => (JsonNode)new JsonObject { ["code"] = 404, ["message"] = $"alert {id} not found" })]);
            return made;
        });
        await Envelope.WriteAsync(http, 200, answer);
    }

    private async Task UpdateAsync(HttpContext http)
    {
        var body = await Envelope.BodyAsync(http);
        var ids = Envelope.Texts(body, "composite_ids");
        if (ids.Count == 0 || !body.TryGetProperty("action_parameters", out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
        {
            await Envelope.ErrorAsync(http, 400, 400, "composite_ids and action_parameters are required");
            return;
        }

        var (status, tag, assignee, comment) = ((string?)null, (string?)null, (string?)null, (string?)null);
        foreach (var one in list.EnumerateArray())
        {
            var (name, value) = (Envelope.Text(one, "name"), Envelope.Text(one, "value"));
            switch (name)
            {
                case "update_status" when Statuses.Contains(value):
                    status = value;
                    break;
                case "add_tag":
                    tag = value;
                    break;
                case "assign_to_user_id" or "assign_to_name" or "assign_to_uuid":
                    assignee = value;
                    break;
                case "append_comment":
                    comment = value;
                    break;
                case "remove_tag" or "remove_tags_by_prefix" or "unassign" or "show_in_ui":
                    break;
                default:
                    await Envelope.ErrorAsync(http, 400, 400, $"invalid action parameter {name}={value}");
                    return;
            }
        }

        foreach (var id in ids)
        {
            if (!site.Estate.Read(company => Here(company).Contains(id)))
            {
                await Envelope.ErrorAsync(http, 404, 404, $"alert {id} not found");
                return;
            }

            site.Estate.Do(EmulatorSite.By(http, "edr.update_detection", id), _ => new DetectionChanged(id, tag is "true_positive" or "false_positive" or "ignored" ? tag : status, assignee, comment));
        }

        var answer = Envelope.Of([]);
        answer.Remove("resources");
        await Envelope.WriteAsync(http, 200, answer);
    }

    private static JsonObject Alert(string id, Detection alert, Company company)
    {
        var resolved = alert.Status is "true_positive" or "false_positive" or "ignored";
        var made = new JsonObject
        {
            ["composite_id"] = id, ["id"] = id, ["display_name"] = alert.Title, ["name"] = alert.Title, ["severity"] = alert.Severity, ["status"] = resolved ? "closed" : alert.Status,
            ["user_name"] = alert.User, ["product"] = "epp", ["type"] = "ldt", ["tags"] = resolved ? new JsonArray(alert.Status) : new JsonArray(),
            ["mitre_attack"] = new JsonArray([.. alert.Techniques.Select(technique => (JsonNode)new JsonObject { ["technique_id"] = technique })]),
            ["comments"] = new JsonArray([.. alert.Comments.Select(comment => (JsonNode)new JsonObject { ["value"] = comment.Body, ["timestamp"] = Json.Time(comment.At) })]),
        };
        if (alert.Host is { } name && company.Hosts.TryGetValue(name, out var host))
        {
            made["agent_id"] = host.Id;
            made["device"] = new JsonObject
            {
                ["device_id"] = host.Id, ["hostname"] = host.Hostname, ["local_ip"] = host.Ip, ["os_version"] = host.Os, ["platform_name"] = "Windows", ["machine_domain"] = company.Names.Domain,
                ["product_type_desc"] = host.Role,
            };
        }

        if (alert.CreatedAt is { } at)
        {
            made["created_timestamp"] = Json.Time(at);
            made["timestamp"] = Json.Time(at);
            made["updated_timestamp"] = Json.Time(alert.ChangedAt ?? at);
        }

        if (alert.Assignee is { } assignee)
        {
            made["assigned_to_uid"] = assignee;
        }

        return made;
    }
}
