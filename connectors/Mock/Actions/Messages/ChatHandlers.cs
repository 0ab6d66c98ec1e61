using Responder.Sdk;
using Responder.Sdk.Chat;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Mock.Actions.Messages;

[Recovery(Recover.Repeat)]
internal sealed class NotifyHandler(MockEstate estate) : IActionHandler<Notify, MessageSent>
{
    public async Task<Outcome<MessageSent>> RunAsync(Notify action, ActionContext context)
    {
        Messenger.MustExist(estate, action.To);
        var message = new MessagePosted(Messenger.Id("chat", context), "chat", [action.To], action.Title, MarkdownText.Render(action.Message));
        await context.ConfirmMayActAsync();
        var (posted, at, now) = Messenger.Post(estate, "chat.notify", action.To, message, context);
        var sent = new MessageSent(posted.Id, action.To, at);
        return now ? sent : Outcome.AlreadySo(sent);
    }
}

[Recovery(Recover.Repeat)]
internal sealed class AskHandler(MockEstate estate) : IActionHandler<Ask, Answered>
{
    public Task<Outcome<Answered>> RunAsync(Ask action, ActionContext context)
    {
        Messenger.MustExist(estate, action.To);
        return Messenger.AskAsync(estate, "chat.ask", "chat", action.To, action.Title, action.Question, action.Choices, context);
    }
}
