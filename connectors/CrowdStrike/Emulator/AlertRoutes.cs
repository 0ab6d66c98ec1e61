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
        var ids = site.Estate.Read(company => company.Detections.Keys.Order(StringComparer.Ordinal).ToList());
        var (offset, limit) = (Envelope.Number(http, "offset", 0), Math.Min(Envelope.Number(http, "limit", 100), 10_000));
        return Envelope.WriteAsync(http, 200, Envelope.Of(Envelope.List(Paging.Slice(ids, offset, limit).Page), ids.Count, offset, limit));
    }

    private async Task GetAsync(HttpContext http)
    {
        var ids = Envelope.Texts(await Envelope.BodyAsync(http), "composite_ids");
        var found = site.Estate.Read(company => ids.Where(company.Detections.ContainsKey).Select(id => Alert(id, company.Detections[id], company)).ToList());
        await (ids.Count == 0 ? Envelope.ErrorAsync(http, 400, 400, "composite_ids is required") : Envelope.WriteAsync(http, 200, Envelope.Of([.. found])));
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
            if (!site.Estate.Read(company => company.Detections.ContainsKey(id)))
            {
                await Envelope.ErrorAsync(http, 404, 404, $"alert {id} not found");
                return;
            }

            site.Estate.Do(EmulatorSite.By(http, "edr.update_detection", id), _ => new DetectionChanged(id, tag is "true_positive" or "false_positive" ? tag : status, assignee, comment));
        }

        var answer = Envelope.Of([]);
        answer.Remove("resources");
        await Envelope.WriteAsync(http, 200, answer);
    }

    private static JsonObject Alert(string id, Detection alert, Company company)
    {
        var resolved = alert.Status is "true_positive" or "false_positive";
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
        }

        if (alert.CreatedAt is { } at)
        {
            made["created_timestamp"] = Json.Time(at);
        }

        if (alert.Assignee is { } assignee)
        {
            made["assigned_to_uid"] = assignee;
        }

        return made;
    }
}
