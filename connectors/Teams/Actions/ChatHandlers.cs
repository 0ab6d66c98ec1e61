using Responder.Connectors.Teams.Cards;
using Responder.Sdk;
using Responder.Sdk.Chat;
using Responder.Sdk.Mail;

namespace Responder.Connectors.Teams.Actions;

/// <summary>At least once: Workflows knows no repeats. The card carries its step's key, so that two of the same can be known as one.</summary>
[Recovery(Recover.Repeat)]
internal sealed class NotifyHandler(Webhooks webhooks) : IActionHandler<Notify, MessageSent>
{
    public async Task<Outcome<MessageSent>> RunAsync(Notify action, ActionContext context)
    {
        webhooks.Find(action.To);
        await webhooks.PostAsync(action.To, Card.Write(action.To, action.Title, MarkdownText.Render(action.Message), context), context);
        return new MessageSent(context.IdempotencyKey[..16], action.To, context.Time.GetUtcNow());
    }
}

/// <summary>Posts the question with a button that opens its answer page. A repeat has the same link, and the first valid answer counts.</summary>
[Recovery(Recover.Repeat)]
internal sealed class AskHandler(Webhooks webhooks, IAnswerLinks links) : IActionHandler<Ask, Answered>
{
    public async Task<Outcome<Answered>> RunAsync(Ask action, ActionContext context)
    {
        MailAddresses.Check(action.To);
        Questions.Check(action.Choices);
        webhooks.Find(action.To);
        var link = await links.LinkForAsync(context);
        var question = $"{MarkdownText.Render(action.Question)}\n\nAnswers: {string.Join(" / ", action.Choices.Select(MarkdownText.Quote))}";
        await webhooks.PostAsync(action.To, Card.Write(action.To, action.Title ?? "A question for you", question, context, ("Answer", link)), context);
        return Questions.Open(action.To);
    }
}
