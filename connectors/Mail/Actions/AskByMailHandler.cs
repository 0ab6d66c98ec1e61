using Responder.Connectors.Mail.Smtp;
using Responder.Sdk;
using Responder.Sdk.Chat;
using Responder.Sdk.Mail;

namespace Responder.Connectors.Mail.Actions;

/// <summary>Sends the question with a link to its answer page. A repeat has the same link, and the first valid answer counts.</summary>
[Recovery(Recover.Repeat)]
internal sealed class AskByMailHandler(MailSettings settings, SmtpSender sender, IAnswerLinks links) : IActionHandler<AskByMail, Answered>
{
    public async Task<Outcome<Answered>> RunAsync(AskByMail action, ActionContext context)
    {
        settings.CheckRecipient(action.To);
        Questions.Check(action.Choices);
        var link = await links.LinkForAsync(context);
        var markdown = $"""
            {MarkdownText.Render(action.Question)}

            **[Answer here: {string.Join(" / ", action.Choices.Select(MarkdownText.Quote))}]({link.AbsoluteUri})**

            To open the page answers nothing; choose there and send. The first answer counts. A reply to this mail is read by nobody.
            """;
        using var message = Letter.Write(settings, context, [action.To], [], action.Subject, markdown);
        await sender.SendAsync(message, context);
        return Questions.Open(action.To);
    }
}
