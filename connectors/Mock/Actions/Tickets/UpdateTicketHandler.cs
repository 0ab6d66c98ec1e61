using System.Text.Json;
using Responder.Sdk;
using Responder.Sdk.Estate;
using Responder.Sdk.Tickets;

namespace Responder.Connectors.Mock.Actions.Tickets;

[Recovery(Recover.Repeat)]
internal sealed class UpdateTicketHandler(MockEstate estate) : IActionHandler<UpdateTicket, TicketChanged>
{
    public async Task<Outcome<TicketChanged>> RunAsync(UpdateTicket action, ActionContext context)
    {
        EstateEffect? done = null;
        if (estate.Read(company => Change(company, action)) is { } change)
        {
            await context.ConfirmMayActAsync();
            done = estate.Do(EffectBy.Step("tickets.update", change.Key, context), company => Change(company, action));
        }

        var changed = estate.Read(company => new TicketChanged(company.Tickets.Ticket(action.Key).Key, company.Tickets.Ticket(action.Key).Status));
        return done is null ? Outcome.AlreadySo(changed) : changed;
    }

    private static TicketEdited? Change(Company company, UpdateTicket action)
    {
        var ticket = company.Tickets.Ticket(action.Key);
        var project = company.Tickets.Project(ticket.Project);
        var summary = action.Summary == ticket.Summary ? null : action.Summary?.ReplaceLineEndings(" ");
        var priority = action.Priority is null ? null : project.Known("priority", project.Priorities, action.Priority);
        priority = priority == ticket.Priority ? null : priority;
        var assignee = action.Assignee == ticket.Assignee ? null : action.Assignee;
        List<string> labels = [.. (action.AddLabels ?? []).Select(TicketView.Label).Except(ticket.Labels, StringComparer.Ordinal)];
        var fields = (action.Fields ?? new Dictionary<string, JsonElement>())
            .Where(field => !ticket.Fields.TryGetValue(field.Key, out var have) || !JsonElement.DeepEquals(have, field.Value))
            .ToDictionary(field => field.Key, field => field.Value);
        return summary is null && priority is null && assignee is null && labels.Count == 0 && fields.Count == 0
            ? null
            : new TicketEdited(ticket.Key, summary, Priority: priority, Assignee: assignee, AddLabels: labels, Fields: fields);
    }
}
