using Responder.Sdk;
using Responder.Sdk.Estate;
using Responder.Sdk.Tickets;

namespace Responder.Connectors.Mock.Actions.Tickets;

[Recovery(Recover.Repeat)]
internal sealed class LinkTicketsHandler(MockEstate estate) : IActionHandler<LinkTickets, TicketChanged>
{
    public async Task<Outcome<TicketChanged>> RunAsync(LinkTickets action, ActionContext context)
    {
        EstateEffect? done = null;
        if (estate.Read(company => Change(company, action)) is { } change)
        {
            await context.ConfirmMayActAsync();
            done = estate.Do(EffectBy.Step("tickets.link", $"{change.Key} {change.To}", context), company => Change(company, action));
        }

        var linked = estate.Read(company => new TicketChanged(company.Tickets.Ticket(action.Key).Key, company.Tickets.Ticket(action.Key).Status));
        return done is null ? Outcome.AlreadySo(linked) : linked;
    }

    private static TicketLinked? Change(Company company, LinkTickets action)
    {
        var (from, to) = (company.Tickets.Ticket(action.Key), company.Tickets.Ticket(action.To));
        var project = company.Tickets.Project(from.Project);
        var type = project.Known("link type", project.LinkTypes, action.Type);
        return from.Key == to.Key
            ? throw new ActionFailure(FailureKind.Invalid, $"{from.Key} can't be linked to itself.")
            : from.Links.Contains(new TicketLink(type, to.Key)) ? null : new TicketLinked(from.Key, to.Key, type);
    }
}
