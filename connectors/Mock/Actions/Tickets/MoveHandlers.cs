using Responder.Sdk;
using Responder.Sdk.Chat;
using Responder.Sdk.Estate;
using Responder.Sdk.Tickets;

namespace Responder.Connectors.Mock.Actions.Tickets;

[Recovery(Recover.Probe)]
internal sealed class TransitionTicketHandler(MockEstate estate)
    : IActionHandler<TransitionTicket, TicketChanged>, IReadsBefore<TransitionTicket>, IProbe<TransitionTicket, TicketChanged>
{
    public TimeSpan Settle => estate.Read(company => company.Settle);

    public Task<Outcome<TicketChanged>> RunAsync(TransitionTicket action, ActionContext context) => Of(action).MakeAsync(estate, "tickets.transition", context);

    public Task<Before> BeforeAsync(TransitionTicket action, ActionContext context) => Task.FromResult(Of(action).Before(estate));

    public Task<ProbeAnswer<TicketChanged>> ProbeAsync(Intent<TransitionTicket> intent, ActionContext context) =>
        Task.FromResult(Of(intent.Action).Probe(estate, intent.Before));

    private static Move Of(TransitionTicket action) =>
        new(action.Key, action.Status, null, action.Comment is null ? null : MarkdownText.Render(action.Comment), null);
}

[Recovery(Recover.Probe)]
internal sealed class CloseTicketHandler(MockEstate estate) : IActionHandler<CloseTicket, TicketChanged>, IReadsBefore<CloseTicket>, IProbe<CloseTicket, TicketChanged>
{
    public TimeSpan Settle => estate.Read(company => company.Settle);

    public Task<Outcome<TicketChanged>> RunAsync(CloseTicket action, ActionContext context) => Of(action).MakeAsync(estate, "tickets.close", context);

    public Task<Before> BeforeAsync(CloseTicket action, ActionContext context) => Task.FromResult(Of(action).Before(estate));

    public Task<ProbeAnswer<TicketChanged>> ProbeAsync(Intent<CloseTicket> intent, ActionContext context) =>
        Task.FromResult(Of(intent.Action).Probe(estate, intent.Before));

    private static Move Of(CloseTicket action) =>
        new(action.Key, "done", action.Resolution, action.Comment is null ? null : MarkdownText.Render(action.Comment), action.AddLabels);
}
