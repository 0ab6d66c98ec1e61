using System.Text.Json;
using System.Text.Json.Nodes;
using Responder.Connectors.Jira.Client;
using Responder.Sdk;
using Responder.Sdk.Tickets;
using RestSharp;

namespace Responder.Connectors.Jira.Actions;

/// <summary>The same values again change nothing; what is so already is not sent.</summary>
[Recovery(Recover.Repeat)]
internal sealed class UpdateTicketHandler(JiraClient jira, Issues issues) : IActionHandler<UpdateTicket, TicketChanged>
{
    public async Task<Outcome<TicketChanged>> RunAsync(UpdateTicket action, ActionContext context)
    {
        var own = await issues.FieldsAsync(action.Fields, context.Cancel);
        var issue = await issues.ReadAsync(action.Key, context.Cancel, string.Join(',', own.Keys));
        var now = issue.GetProperty("fields");
        var fields = new JsonObject();
        if (action.Summary?.ReplaceLineEndings(" ").Trim() is { } summary && summary != Issues.Text(now, "summary"))
        {
            fields["summary"] = summary.Length <= 255 ? summary : summary[..254] + "…";
        }

        if (action.Priority is { } priority && !string.Equals(priority, Issues.NameOf(now, "priority"), StringComparison.OrdinalIgnoreCase))
        {
            fields["priority"] = new JsonObject { ["name"] = priority };
        }

        if (action.Assignee is { } assignee && !string.Equals(assignee, Issues.AssigneeOf(now), StringComparison.OrdinalIgnoreCase))
        {
            fields["assignee"] = await issues.PersonAsync(assignee, context.Cancel);
        }

        foreach (var (id, value) in own.Where(field => !now.TryGetProperty(field.Key, out var have) || !JsonElement.DeepEquals(have, field.Value)))
        {
            fields[id] = JsonSerializer.SerializeToNode(value);
        }

        var labels = (action.AddLabels ?? []).Select(Marks.Label).Except(Issues.LabelsOf(now), StringComparer.Ordinal).ToList();
        var same = new TicketChanged(issue.GetProperty("key").GetString()!, Issues.StatusOf(issue));
        if (fields.Count == 0 && labels.Count == 0)
        {
            return Outcome.AlreadySo(same);
        }

        var body = labels.Count > 0 ? Moves.AddLabels(labels) : [];
        body["fields"] = fields;
        await jira.ActAsync(Method.Put, $"issue/{same.Key}", body, context);
        return same;
    }
}
