using Responder.Sdk;
using Responder.Sdk.Estate;
using Responder.Sdk.Tickets;

namespace Responder.Connectors.Mock.Actions.Tickets;

internal sealed class FindTicketsHandler(MockEstate estate) : IActionHandler<FindTickets, TicketsFound>
{
    public Task<Outcome<TicketsFound>> RunAsync(FindTickets action, ActionContext context) => Task.FromResult<Outcome<TicketsFound>>(
        estate.Read(company =>
        {
            var found = TicketSearch.Run(company, Jql.Render(action.Query), context.Time.GetUtcNow());
            return new TicketsFound([.. found.Take(action.Limit).Select(ticket => TicketView.Of(company, ticket))], found.Count);
        }));
}

internal sealed class GetTicketHandler(MockEstate estate) : IActionHandler<GetTicket, TicketFound>
{
    public Task<Outcome<TicketFound>> RunAsync(GetTicket action, ActionContext context) => Task.FromResult<Outcome<TicketFound>>(
        estate.Read(company => TicketView.Of(company, company.Tickets.Ticket(action.Key))));
}
