using Responder.Connectors.Mail.Smtp;
using Responder.Sdk;
using Responder.Sdk.Chat;
using Responder.Sdk.Mail;

namespace Responder.Connectors.Mail.Actions;

/// <summary>At least once: SMTP can't say whether a mail of a message id was taken. A repeat has the same id, by which readers' programs fold the two.</summary>
[Recovery(Recover.Repeat)]
internal sealed class SendMailHandler(MailSettings settings, SmtpSender sender) : IActionHandler<SendMail, MailSent>
{
    public async Task<Outcome<MailSent>> RunAsync(SendMail action, ActionContext context)
    {
        var copies = action.Cc ?? [];
        if (action.To.Count == 0)
        {
            throw new ActionFailure(FailureKind.Invalid, "'to' is empty; a mail needs somebody to go to.");
        }

        foreach (var address in action.To.Concat(copies))
        {
            settings.CheckRecipient(address);
        }

        using var message = Letter.Write(settings, context, action.To, copies, action.Subject, MarkdownText.Render(action.Body));
        await Letter.AttachAsync(message, action.Attachments ?? [], context);
        await sender.SendAsync(message, context);
        return new MailSent($"<{message.MessageId}>", context.Time.GetUtcNow());
    }
}
