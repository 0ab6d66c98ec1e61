using System.Globalization;
using System.Net;
using System.Security.Authentication;
using System.Text;

namespace Responder.Sdk.Rest;

/// <summary>Sorts what went wrong into the engine's kinds.</summary>
internal static class WireFailures
{
    /// <summary>Of an answer that is no success.</summary>
    public static ActionFailure Of(string product, RestDialect dialect, RestAnswer answer, VendorError error, WireCall call)
    {
        var kind = error.Kind ?? dialect.KindOf(answer);
        var code = error.Code ?? answer.Status.ToString(CultureInfo.InvariantCulture);
        var message = $"{product}: {answer.Call} answered {answer.Status}: {Clean(error.Message, call.Credential)}";
        if (kind == FailureKind.Unauthorized && call is { TokenDropped: true, Acts: true })
        {
            // Certainly not done; the next attempt has a fresh token.
            return new ActionFailure(FailureKind.Transient, message + " The token was from the cache; a fresh one is fetched for the next attempt.") { Code = code, TraceId = error.TraceId };
        }

        return new ActionFailure(kind, message) { Code = code, TraceId = error.TraceId, RetryAfter = call.RetryAfter, CircuitSince = answer.CircuitSince };
    }

    /// <summary>Of a call that got no answer.</summary>
    public static ActionFailure Of(string product, string name, Exception exception, bool acts, TimeSpan limit)
    {
        return exception switch
        {
            ActionFailure failure => failure,
            OperationCanceledException => Lost($"gave no answer within {limit.TotalSeconds:0.#} s"),
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => NotSent("its name is not found"),
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError } => NotSent("it can't be reached"),
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } tls => tls.InnerException is AuthenticationException
                ? new ActionFailure(FailureKind.Invalid, $"{product}: {name}: the certificate is not trusted ({Root(tls)}). Where the product has a certificate authority of its own, name its PEM file in CaFile.", tls) { Code = "certificate" }
                : NotSent("the secure connection could not be made"),
            HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } large => new ActionFailure(
                acts ? FailureKind.Unknown : FailureKind.Invalid, $"{product}: {name}: the answer is larger than what is taken.", large) { Code = "too_large" },
            HttpRequestException or IOException => Lost("closed the connection before it answered"),
            _ => new ActionFailure(FailureKind.Internal, $"{product}: {name}: {Root(exception)}", exception),
        };

        ActionFailure NotSent(string why) => new(FailureKind.Transient, $"{product}: {name} was not sent: {why} ({Root(exception)}).", exception) { Code = "not_sent" };
        ActionFailure Lost(string why) => acts
            ? new(FailureKind.Unknown, $"{product}: {name} {why}. It may have been done.", exception) { Code = "no_answer" }
            : new(FailureKind.Transient, $"{product}: {name} {why}.", exception) { Code = "no_answer" };
    }

    public static bool IsRedirect(HttpStatusCode status) => status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
        or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private static string Root(Exception exception) => exception.GetBaseException().Message;

    /// <summary>A vendor's words as one short line, without the credential if it should echo it.</summary>
    private static string Clean(string message, string? credential)
    {
        var text = credential is { Length: > 3 } ? message.Replace(credential, "***", StringComparison.Ordinal) : message;
        var line = new StringBuilder(Math.Min(text.Length, 500));
        foreach (var letter in text)
        {
            if (line.Length == 500)
            {
                line.Append('…');
                break;
            }

            line.Append(char.IsControl(letter) ? ' ' : letter);
        }

        return line.ToString();
    }
}
