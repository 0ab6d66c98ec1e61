using System.Globalization;
using System.Text.Json;
using Responder.Sdk;
using Responder.Sdk.Rest;

namespace Responder.Connectors.CrowdStrike.Falcon;

/// <summary>Falcon's envelope: a 2xx with <c>errors</c> is no success; a rate limit ends at an absolute time (Unix seconds).</summary>
internal sealed class FalconDialect : RestDialect
{
    private static readonly TimeSpan LongestLimit = TimeSpan.FromMinutes(5);

    public override VendorError? ErrorOf(RestAnswer answer)
    {
        if (answer.TryJson(out var json) && json.ValueKind == JsonValueKind.Object && json.TryGetProperty("errors", out var errors)
            && errors.ValueKind == JsonValueKind.Array && errors.GetArrayLength() > 0)
        {
            var first = errors[0];
            var code = first.TryGetProperty("code", out var number) ? number.ToString() : answer.Status.ToString(CultureInfo.InvariantCulture);
            var words = string.Join("; ", errors.EnumerateArray().Select(error => error.TryGetProperty("message", out var message) ? message.ToString() : error.ToString()));
            return new VendorError(words, code, TraceIdOf(answer), Kind(code, answer));
        }

        return answer.Ok ? null : new VendorError(MessageOf(answer), null, TraceIdOf(answer));
    }

    public override TimeSpan? RetryAfter(RestAnswer answer, DateTimeOffset now)
    {
        if (!long.TryParse(answer.Header("X-Ratelimit-Retryafter"), NumberStyles.None, CultureInfo.InvariantCulture, out var epoch))
        {
            return base.RetryAfter(answer, now);
        }

        var wait = DateTimeOffset.FromUnixTimeSeconds(Math.Min(epoch, 253_402_300_799)) - now;
        return wait < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : wait > LongestLimit ? LongestLimit : wait;
    }

    public override string? TraceIdOf(RestAnswer answer) =>
        answer.TryJson(out var json) && json.ValueKind == JsonValueKind.Object && json.TryGetProperty("meta", out var meta) && meta.ValueKind == JsonValueKind.Object
            && meta.TryGetProperty("trace_id", out var trace) && trace.ValueKind == JsonValueKind.String
            ? trace.GetString() : answer.Header("X-Cs-Traceid");

    /// <summary>Codes of Real Time Response say more than the status: 40401 and 40407 are a host that does not answer.</summary>
    private static FailureKind? Kind(string code, RestAnswer answer) => code switch
    {
        "40401" or "40407" => FailureKind.Offline,
        "40006" => FailureKind.Invalid,
        "400" => FailureKind.Invalid,
        "401" => FailureKind.Unauthorized,
        "403" => FailureKind.Forbidden,
        "404" => FailureKind.NotFound,
        "409" => FailureKind.Conflict,
        "429" => FailureKind.RateLimited,
        _ => answer.Ok ? FailureKind.Invalid : null,
    };
}
