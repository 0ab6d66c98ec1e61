using System.DirectoryServices.Protocols;
using System.Globalization;
using Responder.Sdk;

namespace Responder.Connectors.ActiveDirectory.Ldap;

/// <summary>Sorts LDAP's failures into the engine's kinds. A result code is the server's own word: what it refused it has not done.</summary>
internal static class LdapFailures
{
    /// <summary>The codes of a connection that is gone or silent: server down, time-out, connect error, and .NET's own for a lost one.</summary>
    private static readonly int[] Lost = [81, 85, 91, 112];

    /// <summary>True where the connection can't be used again.</summary>
    public static bool IsLost(Exception exception) => exception is LdapException { ErrorCode: var code } && Lost.Contains(code)
        || exception is ObjectDisposedException or TimeoutException or IOException
        || exception is DirectoryOperationException { Response: null };

    /// <summary>Of a search or a modification.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="server">For the message.</param>
    /// <param name="acts">True where it was to change something, and was sent.</param>
    public static ActionFailure Of(Exception exception, string server, bool acts) => exception switch
    {
        ActionFailure failure => failure,
        DirectoryOperationException { Response: { } response } => OfResult(response, server, exception, acts),
        LdapException { ErrorCode: 85 } or TimeoutException => NoAnswer(server, "gave no answer in time", acts, exception),
        LdapException { ErrorCode: 87 or 34 } bad => new ActionFailure(FailureKind.Invalid, $"{server}: the request is not well formed: {bad.Message}", bad) { Code = Code(bad.ErrorCode) },
        LdapException lost when IsLost(lost) => NoAnswer(server, "closed the connection before it answered", acts, exception),
        LdapException other => new ActionFailure(acts ? FailureKind.Unknown : FailureKind.Transient, $"{server}: {other.Message}", other) { Code = Code(other.ErrorCode) },
        ObjectDisposedException or IOException or DirectoryOperationException => NoAnswer(server, "closed the connection before it answered", acts, exception),
        _ => new ActionFailure(FailureKind.Internal, $"{server}: {exception.Message}", exception),
    };

    /// <summary>Of a bind: nothing was asked yet, so nothing was done.</summary>
    public static ActionFailure OfBind(Exception exception, string server, string user) => exception switch
    {
        ActionFailure failure => failure,
        LdapException { ErrorCode: 49 } refused => new ActionFailure(FailureKind.Unauthorized, $"{server} refused the sign-in of {user}: {Why(refused.ServerErrorMessage)}.", refused) { Code = "49" },
        LdapException { ErrorCode: 81 or 91 } tls => new ActionFailure(
            FailureKind.Transient,
            $"{server} takes connections, and no secure one could be made. Mostly its certificate is not trusted or is for another name: name the authority's PEM file in CaFile, and in Url the name that is in the certificate.", tls) { Code = Code(tls.ErrorCode) },
        TimeoutException or LdapException { ErrorCode: 85 } => new ActionFailure(FailureKind.Transient, $"{server} did not answer the sign-in in time.", exception) { Code = "no_answer" },
        DirectoryOperationException { Response: { } response } => OfResult(response, server, exception, acts: false),
        _ => new ActionFailure(FailureKind.Transient, $"{server}: the sign-in failed: {exception.Message}", exception),
    };

    private static ActionFailure OfResult(DirectoryResponse response, string server, Exception exception, bool acts)
    {
        var (kind, why) = response.ResultCode switch
        {
            ResultCode.InsufficientAccessRights => (FailureKind.Forbidden, "the service account has no right to this on the account; Active Directory takes delegated rights off privileged accounts every hour"),
            ResultCode.NoSuchObject or ResultCode.NoSuchAttribute => (FailureKind.NotFound, "there is no such object"),
            ResultCode.InvalidDNSyntax => (FailureKind.NotFound, "this is no distinguished name"),
            ResultCode.EntryAlreadyExists or ResultCode.AttributeOrValueExists => (FailureKind.Conflict, "it is so already"),
            ResultCode.ConstraintViolation => (FailureKind.Invalid, "a rule of the domain forbids the value (for a password, its policy)"),
            ResultCode.UnwillingToPerform or ResultCode.ObjectClassViolation or ResultCode.InvalidAttributeSyntax => (FailureKind.Invalid, "the server refuses this"),
            ResultCode.StrongAuthRequired or ResultCode.ConfidentialityRequired or ResultCode.InappropriateAuthentication => (FailureKind.Unauthorized, "the server wants a stronger sign-in"),
            ResultCode.Busy or ResultCode.Unavailable => (FailureKind.Transient, "the server is busy"),
            ResultCode.TimeLimitExceeded or ResultCode.AdminLimitExceeded or ResultCode.SizeLimitExceeded when !acts => (FailureKind.Transient, "the search went past a limit of the server"),
            _ => (acts ? FailureKind.Unknown : FailureKind.Transient, "the server failed"),
        };
        return new ActionFailure(kind, $"{server}: {why} ({response.ResultCode}{(response.ErrorMessage is { Length: > 0 } said ? ": " + said.ReplaceLineEndings(" ").TrimEnd('\0', ' ') : string.Empty)}).", exception)
        {
            Code = Code((int)response.ResultCode),
        };
    }

    /// <summary>Active Directory's own word is behind "data" in the server's text.</summary>
    private static string Why(string? said) => said switch
    {
        null => "the name or the password is wrong",
        _ when said.Contains("data 533", StringComparison.Ordinal) => "the account is disabled",
        _ when said.Contains("data 532", StringComparison.Ordinal) => "its password has expired",
        _ when said.Contains("data 773", StringComparison.Ordinal) => "its password must be changed first",
        _ when said.Contains("data 775", StringComparison.Ordinal) => "the account is locked",
        _ => "the name or the password is wrong",
    };

    private static string Code(int code) => code.ToString(CultureInfo.InvariantCulture);

    private static ActionFailure NoAnswer(string server, string what, bool acts, Exception exception) => acts
        ? new ActionFailure(FailureKind.Unknown, $"{server} {what}. It may have been done.", exception) { Code = "no_answer" }
        : new ActionFailure(FailureKind.Transient, $"{server} {what}.", exception) { Code = "no_answer" };
}
