using Responder.Sdk;
using Responder.Sdk.Chat;
using Responder.Sdk.Estate;
using Responder.Sdk.Mail;

namespace Responder.Connectors.Mock.Actions.Messages;

[Recovery(Recover.Repeat)]
internal sealed class SendMailHandler(MockEstate estate) : IActionHandler<SendMail, MailSent>
{
    public async Task<Outcome<MailSent>> RunAsync(SendMail action, ActionContext context)
    {
        IReadOnlyList<string> to = [.. action.To, .. action.Cc ?? []];
        if (action.To.Count == 0)
        {
            throw new ActionFailure(FailureKind.Invalid, "'to' is empty; a mail needs somebody to go to.");
        }

        foreach (var address in to)
        {
            MailAddresses.Check(address);
        }

        foreach (var attachment in action.Attachments ?? [])
        {
            await context.OpenAsync(attachment);
        }

        var domain = estate.Read(company => company.Names.Domain);
        var message = new MessagePosted(
            $"<responder-{context.IdempotencyKey[..32]}@{domain}>", "mail", to, MailAddresses.OneLine(action.Subject), MarkdownText.Render(action.Body));
        await context.ConfirmMayActAsync();
        var (posted, at, now) = Messenger.Post(estate, "mail.send", string.Join(", ", to), message, context);
        var sent = new MailSent(posted.Id, at);
        return now ? sent : Outcome.AlreadySo(sent);
    }
}

[Recovery(Recover.Repeat)]
internal sealed class AskByMailHandler(MockEstate estate) : IActionHandler<AskByMail, Answered>
{
    public Task<Outcome<Answered>> RunAsync(AskByMail action, ActionContext context)
    {
        MailAddresses.Check(action.To);
        return Messenger.AskAsync(estate, "mail.ask", "mail", action.To, MailAddresses.OneLine(action.Subject), action.Question, action.Choices, context);
    }
}
