using System.Collections.Frozen;

namespace Responder.Sdk.Http;

/// <summary>What <c>http.request</c> takes and how an answer's status is sorted, whoever carries it out.</summary>
public static class HttpRules
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

    private static readonly FrozenSet<string> Refused = new[]
    {
        "authorization", "connection", "content-length", "cookie", "expect", "host", "http2-settings", "keep-alive", "proxy-authorization", "proxy-connection", "te", "trailer",
        "transfer-encoding", "upgrade", "x-http-method", "x-http-method-override", "x-method-override",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>A method, in upper case.</summary>
    /// <param name="method">As the playbook says it.</param>
    /// <exception cref="ActionFailure">It is none that is known here.</exception>
    public static string Method(string method)
    {
        ArgumentNullException.ThrowIfNull(method);
        var upper = method.ToUpperInvariant();
        return Methods.Contains(upper) ? upper : throw new ActionFailure(FailureKind.Invalid, $"'{method}' is no method that http.request knows; it takes {string.Join(", ", Methods)}.");
    }

    /// <summary>Refuses headers that would change where a call goes, who makes it or how it is framed.</summary>
    /// <param name="headers">The playbook's.</param>
    /// <exception cref="ActionFailure">One is not for a playbook to set.</exception>
    public static void CheckHeaders(IReadOnlyDictionary<string, string>? headers)
    {
        if ((headers ?? new Dictionary<string, string>()).Keys.FirstOrDefault(Refused.Contains) is { } header)
        {
            throw new ActionFailure(FailureKind.Invalid, $"The header '{header}' is not for a playbook to set; the connection sets it.");
        }
    }

    /// <summary>The kind of failure that a status is.</summary>
    /// <param name="status">The status code.</param>
    /// <param name="acts">True for a call that may have done something.</param>
    public static FailureKind Kind(int status, bool acts) => status switch
    {
        401 => FailureKind.Unauthorized,
        403 => FailureKind.Forbidden,
        404 or 410 => FailureKind.NotFound,
        409 or 412 => FailureKind.Conflict,
        429 => FailureKind.RateLimited,
        >= 500 => acts ? FailureKind.Unknown : FailureKind.Transient,
        _ => FailureKind.Invalid,
    };
}
