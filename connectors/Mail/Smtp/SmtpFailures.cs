using System.Globalization;
using System.Net.Sockets;
using MailKit.Net.Smtp;
using MailKit.Security;
using Responder.Sdk;

namespace Responder.Connectors.Mail.Smtp;

/// <summary>What goes wrong at a mail server, sorted into the engine's kinds (RFC 5321: a 4xx passes, a 5xx does not).</summary>
internal static class SmtpFailures
{
    /// <summary>Before the mail: whatever it is, nothing was sent.</summary>
    public static ActionFailure OfOpening(Exception exception, MailSettings settings) => exception switch
    {
        AuthenticationException => new ActionFailure(FailureKind.Unauthorized, $"{settings.Host} refused the sign-in of {settings.User}: {exception.Message}", exception),
        SslHandshakeException => new ActionFailure(
            FailureKind.Invalid, $"{settings.Host}:{settings.Port} has no certificate that is trusted here, or speaks no TLS there. Where it is the company's own, set CaFile to its root.", exception),
        NotSupportedException => new ActionFailure(FailureKind.Invalid, $"{settings.Host}:{settings.Port} does not offer what the settings want: {exception.Message}", exception),
        SmtpCommandException refused => Refused(refused, $"{settings.Host} refused us"),
        SocketException or IOException or TimeoutException or SmtpProtocolException =>
            new ActionFailure(FailureKind.Transient, $"{settings.Host}:{settings.Port} can't be reached: {exception.Message}", exception) { Code = "not_sent" },
        _ => new ActionFailure(FailureKind.Invalid, $"{settings.Host}:{settings.Port} can't be used: {exception.Message}", exception),
    };

    /// <summary>While the mail was sent: an answer of the server is a clear no; without one nobody knows.</summary>
    public static ActionFailure OfSending(Exception exception) => exception switch
    {
        SmtpCommandException { ErrorCode: SmtpErrorCode.RecipientNotAccepted } refused =>
            Refused(refused, $"The server does not take mail for {refused.Mailbox?.Address}", FailureKind.NotFound),
        SmtpCommandException { ErrorCode: SmtpErrorCode.SenderNotAccepted } refused =>
            Refused(refused, $"The server does not take mail from {refused.Mailbox?.Address}", FailureKind.Forbidden),
        SmtpCommandException refused => Refused(refused, "The server did not take the mail"),
        _ => new ActionFailure(FailureKind.Unknown, $"The connection was lost while the mail was sent; it may have been taken: {exception.Message}", exception),
    };

    private static ActionFailure Refused(SmtpCommandException refused, string what, FailureKind forGood = FailureKind.Invalid)
    {
        var code = (int)refused.StatusCode;
        return new ActionFailure(code is >= 400 and < 500 ? FailureKind.Transient : forGood, $"{what}: {code} {refused.Message}", refused)
        {
            Code = code.ToString(CultureInfo.InvariantCulture),
        };
    }
}
