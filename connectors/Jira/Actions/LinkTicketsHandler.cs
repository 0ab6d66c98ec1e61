using System.Text.Json;
using System.Text.Json.Nodes;
using Responder.Connectors.Jira.Client;
using Responder.Sdk;
using Responder.Sdk.Tickets;
using RestSharp;

namespace Responder.Connectors.Jira.Actions;

/// <summary>The same link again is answered as made, and is there once; no comment goes with it, since that would be there twice.</summary>
[Recovery(Recover.Repeat)]
internal sealed class LinkTicketsHandler(JiraClient jira, Issues issues) : IActionHandler<LinkTickets, TicketChanged>
{
    public async Task<Outcome<TicketChanged>> RunAsync(LinkTickets action, ActionContext context)
    {
        var from = await issues.ReadAsync(action.Key, context.Cancel, "issuelinks");
        var to = await issues.ReadAsync(action.To, context.Cancel);
        var (key, other) = (from.GetProperty("key").GetString()!, to.GetProperty("key").GetString()!);
        if (key == other)
        {
            throw new ActionFailure(FailureKind.Invalid, $"{key} can't be linked to itself.");
        }

        var types = (await jira.GetAsync("issueLinkType", context.Cancel)).GetProperty("issueLinkTypes").EnumerateArray().Select(type => Issues.Text(type, "name")!).ToList();
        var name = types.FirstOrDefault(type => string.Equals(type, action.Type, StringComparison.OrdinalIgnoreCase))
            ?? throw new ActionFailure(FailureKind.Invalid, $"Jira has no link type '{action.Type}'. It has: {string.Join(", ", types)}.");
        var linked = new TicketChanged(key, Issues.StatusOf(from));
        if (IsLinked(from, other, name))
        {
            return Outcome.AlreadySo(linked);
        }

        await jira.ActAsync(Method.Post, "issueLink", Body(key, other, name), context);
        return linked;
    }

    /// <summary>In Jira's words the inward ticket is the one that does: A blocks B is inward A, outward B. One that is made with the link has no key yet, and is not named.</summary>
    internal static JsonObject Body(string? key, string to, string type)
    {
        var body = new JsonObject { ["type"] = new JsonObject { ["name"] = type }, ["outwardIssue"] = new JsonObject { ["key"] = to } };
        if (key is not null)
        {
            body["inwardIssue"] = new JsonObject { ["key"] = key };
        }

        return body;
    }

    private static bool IsLinked(JsonElement issue, string to, string type) => issue.GetProperty("fields").TryGetProperty("issuelinks", out var links) && links.EnumerateArray().Any(link =>
        Issues.NameOf(link, "type") == type && link.TryGetProperty("outwardIssue", out var outward) && Issues.Text(outward, "key") == to);
}
