using Responder.Connectors.Jira.Client;
using Responder.Sdk;
using Responder.Sdk.Chat;
using Responder.Sdk.Tickets;

namespace Responder.Connectors.Jira.Actions;

[Recovery(Recover.Probe)]
internal sealed class CommentTicketHandler(JiraClient jira, Issues issues, Comments comments) : IActionHandler<CommentTicket, CommentAdded>, IProbe<CommentTicket, CommentAdded>
{
    public async Task<Outcome<CommentAdded>> RunAsync(CommentTicket action, ActionContext context)
    {
        await issues.ReadAsync(action.Key, context.Cancel);
        return Result(action.Key, await comments.AddAsync(action.Key, MarkdownText.Render(action.Body), context));
    }

    public async Task<ProbeAnswer<CommentAdded>> ProbeAsync(Intent<CommentTicket> intent, ActionContext context) =>
        await comments.FindAsync(intent.Action.Key, intent.Key, context.Cancel) is { } id
            ? ProbeAnswer.Happened(Result(intent.Action.Key, id), $"Comment {id} of {intent.Action.Key} carries this step's key.")
            : ProbeAnswer.NotHappened<CommentAdded>($"None of the newest {Comments.Newest} comments of {intent.Action.Key} carries this step's key.");

    private CommentAdded Result(string key, string id) => new(id, $"{jira.PageOf(key)}?focusedCommentId={id}");
}
