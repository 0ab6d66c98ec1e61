using Responder.Connectors.Jira.Client;
using Responder.Sdk;
using Responder.Sdk.Chat;
using Responder.Sdk.Tickets;

namespace Responder.Connectors.Jira.Actions;

[Recovery(Recover.Probe)]
internal sealed class TransitionTicketHandler(Moves moves)
    : IActionHandler<TransitionTicket, TicketChanged>, IReadsBefore<TransitionTicket>, IProbe<TransitionTicket, TicketChanged>
{
    public Task<Outcome<TicketChanged>> RunAsync(TransitionTicket action, ActionContext context) => moves.MakeAsync(Of(action), context);

    public Task<Before> BeforeAsync(TransitionTicket action, ActionContext context) => moves.BeforeAsync(Of(action), context);

    public Task<ProbeAnswer<TicketChanged>> ProbeAsync(Intent<TransitionTicket> intent, ActionContext context) => moves.ProbeAsync(Of(intent.Action), intent.Before, context);

    private static Move Of(TransitionTicket action) => new(IssueKey.Check(action.Key), action.Status, null, action.Comment is null ? null : MarkdownText.Render(action.Comment), []);
}

[Recovery(Recover.Probe)]
internal sealed class CloseTicketHandler(Moves moves) : IActionHandler<CloseTicket, TicketChanged>, IReadsBefore<CloseTicket>, IProbe<CloseTicket, TicketChanged>
{
    public Task<Outcome<TicketChanged>> RunAsync(CloseTicket action, ActionContext context) => moves.MakeAsync(Of(action), context);

    public Task<Before> BeforeAsync(CloseTicket action, ActionContext context) => moves.BeforeAsync(Of(action), context);

    public Task<ProbeAnswer<TicketChanged>> ProbeAsync(Intent<CloseTicket> intent, ActionContext context) => moves.ProbeAsync(Of(intent.Action), intent.Before, context);

    private static Move Of(CloseTicket action) => new(
        IssueKey.Check(action.Key), "done", action.Resolution, action.Comment is null ? null : MarkdownText.Render(action.Comment), [.. (action.AddLabels ?? []).Select(Marks.Label)]);
}
