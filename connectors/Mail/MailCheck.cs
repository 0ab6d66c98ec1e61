using Responder.Connectors.Mail.Smtp;
using Responder.Sdk;

namespace Responder.Connectors.Mail;

/// <summary>Reaches the server and signs in; no mail is sent.</summary>
internal sealed class MailCheck(SmtpSender sender) : IConnectionCheck
{
    private static readonly string[] Actions = ["mail.send", "mail.ask"];

    public async Task<Health> CheckAsync(CancellationToken cancel)
    {
        try
        {
            return new Health(true, await sender.TryAsync(cancel), Actions.ToDictionary(action => action, _ => (string?)null));
        }
        catch (ActionFailure failure)
        {
            return new Health(false, failure.Message, Actions.ToDictionary(action => action, _ => (string?)failure.Message));
        }
    }
}
