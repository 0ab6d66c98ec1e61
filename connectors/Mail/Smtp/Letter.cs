using MimeKit;
using Responder.Sdk;
using Responder.Sdk.Mail;
using Responder.Sdk.Markup;

namespace Responder.Connectors.Mail.Smtp;

/// <summary>Builds mails: text and HTML of one Markdown, a message id made from the step's key, so that a repeat can be known as one.</summary>
internal static class Letter
{
    /// <summary>The header that carries the step's key.</summary>
    public const string KeyHeader = "X-Responder-Key";

    public static MimeMessage Write(MailSettings settings, ActionContext context, IReadOnlyList<string> to, IReadOnlyList<string> copies, string subject, string markdown)
    {
        var message = new MimeMessage
        {
            Subject = MailAddresses.OneLine(subject),
            Date = context.Time.GetUtcNow(),
            MessageId = $"responder-{context.IdempotencyKey[..32]}@{settings.From[(settings.From.IndexOf('@', StringComparison.Ordinal) + 1)..]}",
            Body = new MultipartAlternative
            {
                new TextPart("plain") { Text = MarkdownPlain.Write(markdown) },
                new TextPart("html") { Text = $"<!doctype html><html><body style=\"font-family:sans-serif\">{MarkdownHtml.Write(markdown)}</body></html>" },
            },
        };
        message.From.Add(new MailboxAddress(settings.FromName, settings.From));
        message.To.AddRange(to.Select(address => new MailboxAddress(string.Empty, address)));
        message.Cc.AddRange(copies.Select(address => new MailboxAddress(string.Empty, address)));
        message.Headers.Add(KeyHeader, context.IdempotencyKey);

        // RFC 3834: no out-of-office answers to a machine.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    /// <summary>Puts artifacts beside the text.</summary>
    public static async Task AttachAsync(MimeMessage message, IReadOnlyList<ArtifactRef> files, ActionContext context)
    {
        if (files.Count == 0)
        {
            return;
        }

        var all = new Multipart("mixed") { message.Body! };
        foreach (var file in files)
        {
            var content = await context.OpenAsync(file);
            all.Add(new MimePart(ContentType.TryParse(file.MediaType, out var type) ? type : new ContentType("application", "octet-stream"))
            {
                Content = new MimeContent(new MemoryStream(content.ToArray())),
                ContentDisposition = new ContentDisposition(ContentDisposition.Attachment),
                ContentTransferEncoding = ContentEncoding.Base64,
                FileName = file.Name,
            });
        }

        message.Body = all;
    }
}
