using System.Text.Json;
using Responder.Sdk;
using Responder.Sdk.Rest;

namespace Responder.Connectors.Splunk.Client;

/// <summary>How Splunk speaks of errors: <c>{"messages":[{"type","text"}]}</c>; a notable's update says <c>success: false</c> with a 200.</summary>
internal sealed class SplunkDialect : RestDialect
{
    public override VendorError? ErrorOf(RestAnswer answer)
    {
        var json = answer.TryJson(out var body) && body.ValueKind == JsonValueKind.Object ? body : default;
        if (answer.Ok)
        {
            return json.ValueKind == JsonValueKind.Object && json.TryGetProperty("success", out var success) && success.ValueKind == JsonValueKind.False
                ? new VendorError(json.TryGetProperty("message", out var why) ? why.ToString() : "no message", Kind: FailureKind.Invalid)
                : null;
        }

        var words = json.ValueKind == JsonValueKind.Object && json.TryGetProperty("messages", out var messages) && messages.ValueKind == JsonValueKind.Array
            ? string.Join("; ", messages.EnumerateArray().Select(message => message.TryGetProperty("text", out var text) ? text.ToString() : message.ToString())) : MessageOf(answer);

        // A search that found no free slot was not begun.
        return new VendorError(words, Kind: answer.Status == 503 && words.Contains("concurrent", StringComparison.OrdinalIgnoreCase) ? FailureKind.Transient : null);
    }
}
