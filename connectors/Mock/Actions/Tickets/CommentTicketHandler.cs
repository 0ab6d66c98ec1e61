using System.Globalization;
using Responder.Sdk;
using Responder.Sdk.Chat;
using Responder.Sdk.Estate;
using Responder.Sdk.Tickets;

namespace Responder.Connectors.Mock.Actions.Tickets;

[Recovery(Recover.Probe)]
internal sealed class CommentTicketHandler(MockEstate estate) : IActionHandler<CommentTicket, CommentAdded>, IProbe<CommentTicket, CommentAdded>
{
    public TimeSpan Settle => estate.Read(company => company.Settle);

    public async Task<Outcome<CommentAdded>> RunAsync(CommentTicket action, ActionContext context)
    {
        var markdown = MarkdownText.Render(action.Body);
        var key = estate.Read(company => company.Tickets.Ticket(action.Key).Key);
        await context.ConfirmMayActAsync();
        var done = estate.Do(EffectBy.Step("tickets.comment", key, context), company =>
        {
            var (body, whole) = TicketView.Fit(company, markdown);
            return new TicketEdited(key, CommentId: company.Tickets.NextId.ToString(CultureInfo.InvariantCulture), Comment: body, Attach: whole);
        })!;
        return Result(key, ((TicketEdited)done.Change!).CommentId!);
    }

    public Task<ProbeAnswer<CommentAdded>> ProbeAsync(Intent<CommentTicket> intent, ActionContext context)
    {
        var (key, found) = estate.Read(company =>
        {
            var ticket = company.Tickets.Ticket(intent.Action.Key);
            return (ticket.Key, ticket.Comments.TakeLast(50).FirstOrDefault(comment => comment.Key == intent.Key));
        });
        return Task.FromResult(found is null
            ? ProbeAnswer.NotHappened<CommentAdded>($"None of the newest 50 comments of {key} carries this step's key.")
            : ProbeAnswer.Happened(Result(key, found.Id), $"Comment {found.Id} of {key} carries this step's key."));
    }

    private CommentAdded Result(string key, string id) => new(id, estate.Read(company => $"{TicketView.Url(company, key)}?focusedCommentId={id}"));
}
