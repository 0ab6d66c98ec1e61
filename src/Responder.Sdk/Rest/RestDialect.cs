using System.Globalization;
using System.Text.Json;

namespace Responder.Sdk.Rest;

/// <summary>What a product's answer says went wrong.</summary>
/// <param name="Message">The product's words.</param>
/// <param name="Code">Its code.</param>
/// <param name="TraceId">Its trace id.</param>
/// <param name="Kind">The kind, where the code says more than the status.</param>
public sealed record VendorError(string Message, string? Code = null, string? TraceId = null, FailureKind? Kind = null);

/// <summary>How a product speaks of errors and rate limits. One class a product; the rest is the same for all.</summary>
public class RestDialect
{
    /// <summary>What went wrong; null where the answer is a success. A 2xx that carries errors is none.</summary>
    /// <param name="answer">The answer.</param>
    public virtual VendorError? ErrorOf(RestAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return answer.Ok ? null : new VendorError(MessageOf(answer), TraceId: TraceIdOf(answer));
    }

    /// <summary>How long to wait, as the answer says it. <c>Retry-After</c> in seconds or as a date, unless the product has a form of its own.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="now">The time, for products that name a time.</param>
    public virtual TimeSpan? RetryAfter(RestAnswer answer, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var said = answer.Header("Retry-After");
        return double.TryParse(said, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds)
            : DateTimeOffset.TryParse(said, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at > now ? at - now
            : null;
    }

    /// <summary>The engine's kind of a failed answer, where the product's error names none. Engine rule 2: for a call that acts, a 5xx leaves it unknown.</summary>
    /// <param name="answer">The answer.</param>
    public virtual FailureKind KindOf(RestAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return answer.Status switch
        {
            401 => FailureKind.Unauthorized,
            403 => FailureKind.Forbidden,
            404 or 410 => FailureKind.NotFound,
            408 => answer.Acts ? FailureKind.Unknown : FailureKind.Transient,
            409 or 412 => FailureKind.Conflict,
            429 => FailureKind.RateLimited,
            >= 500 => answer.Acts ? FailureKind.Unknown : FailureKind.Transient,
            < 300 => answer.Acts ? FailureKind.Unknown : FailureKind.Transient,
            _ => FailureKind.Invalid,
        };
    }

    /// <summary>True where the answer says that the token is no longer good.</summary>
    /// <param name="answer">The answer.</param>
    public virtual bool IsStaleToken(RestAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return answer.Status == 401;
    }

    /// <summary>The product's trace id; by the usual headers unless it has one of its own.</summary>
    /// <param name="answer">The answer.</param>
    public virtual string? TraceIdOf(RestAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return answer.Header("request-id") ?? answer.Header("X-Request-Id") ?? answer.Header("X-Correlation-Id");
    }

    /// <summary>The message of a body in one of the usual forms.</summary>
    /// <param name="answer">The answer.</param>
    protected static string MessageOf(RestAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (answer.TryJson(out var json) && json.ValueKind == JsonValueKind.Object)
        {
            foreach (var name in (string[])["message", "error_description", "detail", "title", "error"])
            {
                if (json.TryGetProperty(name, out var found))
                {
                    if (found.ValueKind == JsonValueKind.String)
                    {
                        return found.GetString()!;
                    }

                    if (found.ValueKind == JsonValueKind.Object && found.TryGetProperty("message", out var inner) && inner.ValueKind == JsonValueKind.String)
                    {
                        return inner.GetString()!;
                    }
                }
            }
        }

        // Proxies answer in HTML, which helps nobody.
        return answer.Body.Length is > 0 and < 300 && !answer.Text.TrimStart().StartsWith('<') ? answer.Text : "no message";
    }
}
