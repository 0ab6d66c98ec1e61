using Responder.Connectors.Jira.Client;
using Responder.Sdk;
using Responder.Sdk.Tickets;

namespace Responder.Connectors.Jira.Actions;

internal sealed class FindTicketsHandler(Issues issues) : IActionHandler<FindTickets, TicketsFound>
{
    public async Task<Outcome<TicketsFound>> RunAsync(FindTickets action, ActionContext context)
    {
        var jql = Jql.Render(action.Query);
        if (string.IsNullOrWhiteSpace(jql) || jql.TrimStart().StartsWith("order by", StringComparison.OrdinalIgnoreCase))
        {
            throw new ActionFailure(FailureKind.Invalid, "The query restricts nothing: it would be every ticket there is. Name a project, at least.");
        }

        var found = (await issues.SearchAsync(jql, action.Limit, context.Cancel)).Select(issues.View).ToList();
        return new TicketsFound(found, found.Count);
    }
}

internal sealed class GetTicketHandler(Issues issues) : IActionHandler<GetTicket, TicketFound>
{
    public async Task<Outcome<TicketFound>> RunAsync(GetTicket action, ActionContext context) => issues.View(await issues.ReadAsync(action.Key, context.Cancel));
}
