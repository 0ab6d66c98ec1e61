using System.Globalization;
using System.Text.Json;
using Responder.Sdk;
using Responder.Sdk.Rest;

namespace Responder.Connectors.Jira.Client;

/// <summary>How Jira speaks of errors and limits: <c>{"errorMessages":[…],"errors":{field: text}}</c>.</summary>
internal sealed class JiraDialect : RestDialect
{
    public override VendorError? ErrorOf(RestAnswer answer) => answer.Ok ? null : new VendorError(Words(answer), TraceId: TraceIdOf(answer), Kind: Kind(answer));

    public override string? TraceIdOf(RestAnswer answer) => answer.Header("atl-traceid") ?? answer.Header("X-AREQUESTID") ?? base.TraceIdOf(answer);

    public override TimeSpan? RetryAfter(RestAnswer answer, DateTimeOffset now) => base.RetryAfter(answer, now)
        ?? (answer.Status == 429 && DateTimeOffset.TryParse(answer.Header("X-RateLimit-Reset"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at > now ? at - now : null);

    private static FailureKind? Kind(RestAnswer answer) => answer.Status switch
    {
        // A login page in place of an answer, and a login that wants a captcha first.
        302 => FailureKind.Unauthorized,
        403 when answer.Header("X-Authentication-Denied-Reason") is not null => FailureKind.Unauthorized,

        // Another transition of that ticket is running: this one was not made.
        409 => FailureKind.Transient,
        _ => null,
    };

    private static string Words(RestAnswer answer)
    {
        if (!answer.TryJson(out var json) || json.ValueKind != JsonValueKind.Object)
        {
            return MessageOf(answer);
        }

        var said = Texts(json, "errorMessages").Concat(json.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Object
            ? errors.EnumerateObject().Select(error => $"{error.Name}: {error.Value}") : []).ToList();
        return said.Count > 0 ? string.Join("; ", said) : MessageOf(answer);
    }

    private static IEnumerable<string> Texts(JsonElement json, string name) => json.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
        ? list.EnumerateArray().Select(text => text.ToString()) : [];
}
