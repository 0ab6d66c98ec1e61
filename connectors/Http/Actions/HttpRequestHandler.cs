using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Responder.Connectors.Http.Calls;
using Responder.Sdk;
using Responder.Sdk.Http;

namespace Responder.Connectors.Http.Actions;

/// <summary>One call. What it does, and how an unknown end is taken up, the step says.</summary>
internal sealed class HttpRequestHandler(HttpSettings settings, ApiClient api) : IActionHandler<HttpRequest, HttpAnswer>
{
    public async Task<Outcome<HttpAnswer>> RunAsync(HttpRequest action, ActionContext context)
    {
        var method = HttpRules.Method(action.Method);
        HttpRules.CheckHeaders(action.Headers);
        var path = UrlPath.Render(action.Path);
        using var request = new HttpRequestMessage(new HttpMethod(method), api.AddressOf(path)) { Content = Body(action) };
        Put(request, action.Headers);
        var acts = context.Acts || method is not ("GET" or "HEAD");
        var answer = await api.SendAsync(request, context.ConfirmMayActAsync, context.Cancel);
        if (!(action.Expect?.Contains(answer.Status) ?? answer.Status is >= 200 and < 300))
        {
            throw Unexpected(method, path, answer, acts, context.Time.GetUtcNow());
        }

        if (answer.TooLong && !acts)
        {
            throw new ActionFailure(FailureKind.Invalid, $"{method} {path} answered with more than {settings.AnswerBytes} bytes. Ask for less, or raise the connection's setting MaxAnswerBytes.");
        }

        // What acted has acted: an answer that is too long to be read does not make it undone.
        var headers = answer.TooLong ? new Dictionary<string, string>(answer.Headers) { ["x-responder-body"] = $"not read: longer than {settings.AnswerBytes} bytes" } : answer.Headers;
        return new HttpAnswer(answer.Status, headers, answer.Body);
    }

    private static ActionFailure Unexpected(string method, string path, ApiAnswer answer, bool acts, DateTimeOffset now)
    {
        var more = answer.Status is >= 300 and < 400 && answer.Headers.TryGetValue("location", out var place) ? $" It points to {Short(place)}; redirects are not followed." : string.Empty;
        return new ActionFailure(HttpRules.Kind(answer.Status, acts), $"{method} {path} answered {answer.Status}.{more}{(answer.Body is { } body ? $" {Short(body.ToString())}" : string.Empty)}")
        {
            Code = answer.Status.ToString(CultureInfo.InvariantCulture),
            CircuitSince = answer.Circuit?.Since,
            RetryAfter = answer.Circuit is { } open ? open.Wait : answer.Headers.TryGetValue("retry-after", out var after) && RetryConditionHeaderValue.TryParse(after, out var wait) ? wait.Delta ?? (wait.Date - now) : null,
        };
    }

    private ByteArrayContent? Body(HttpRequest action)
    {
        if (action.Body is not { ValueKind: not JsonValueKind.Undefined } json)
        {
            return null;
        }

        var bytes = Encoding.UTF8.GetBytes(json.GetRawText());
        return bytes.Length <= settings.RequestBytes
            ? new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } }
            : throw new ActionFailure(FailureKind.Invalid, $"The body is {bytes.Length} bytes; this connection sends {settings.RequestBytes} at most (the setting MaxRequestBytes).");
    }

    private static void Put(HttpRequestMessage request, IReadOnlyDictionary<string, string>? headers)
    {
        foreach (var (name, value) in headers ?? new Dictionary<string, string>())
        {
            var content = name.StartsWith("content-", StringComparison.OrdinalIgnoreCase);
            try
            {
                if (content)
                {
                    request.Content?.Headers.Remove(name);
                    request.Content?.Headers.Add(name, value);
                }
                else
                {
                    request.Headers.Add(name, value);
                }
            }
            catch (Exception exception) when (exception is FormatException or InvalidOperationException or ArgumentException)
            {
                throw new ActionFailure(FailureKind.Invalid, $"The header '{name}' can't be sent: {exception.Message}", exception);
            }
        }
    }

    private static string Short(string text) => text.Length <= 200 ? text : text[..200] + "…";
}
