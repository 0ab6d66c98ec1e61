using System.Globalization;
using System.Text.Json;
using Responder.Sdk;
using Responder.Sdk.Estate;
using Responder.Sdk.Http;

namespace Responder.Connectors.Mock.Actions.Http;

/// <summary>Answers from the estate's routes. What is not GET or HEAD counts as an effect each time: nobody can know that it is not one.</summary>
internal sealed class HttpRequestHandler(MockEstate estate) : IActionHandler<HttpRequest, HttpAnswer>
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
    private static readonly string[] Refused = ["host", "authorization", "proxy-authorization", "cookie", "connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "content-length"];

    public async Task<Outcome<HttpAnswer>> RunAsync(HttpRequest action, ActionContext context)
    {
        var method = action.Method.ToUpperInvariant();
        if (!Methods.Contains(method))
        {
            throw new ActionFailure(FailureKind.Invalid, $"'{action.Method}' is no method that http.request knows; it takes {string.Join(", ", Methods)}.");
        }

        if ((action.Headers ?? new Dictionary<string, string>()).Keys.FirstOrDefault(name => Refused.Contains(name.ToLowerInvariant())) is { } header)
        {
            throw new ActionFailure(FailureKind.Invalid, $"The header '{header}' is not for a playbook to set; the connection sets it.");
        }

        var path = UrlPath.Render(action.Path);
        var route = estate.Read(company => company.Http.Find(method, path));
        var status = route?.Status ?? 404;
        var acts = method is not ("GET" or "HEAD");
        if (acts)
        {
            await context.ConfirmMayActAsync();
            if (status < 400)
            {
                estate.Do(EffectBy.Step("http.request", $"{method} {path}", context), _ => new RestCalled(method, path, status));
            }
        }

        if (!(action.Expect?.Contains(status) ?? status is >= 200 and < 300))
        {
            throw new ActionFailure(Kind(status, acts), $"{method} {path} answered {status}.") { Code = status.ToString(CultureInfo.InvariantCulture) };
        }

        return new HttpAnswer(status, route?.Headers ?? [], method == "HEAD" ? null : route?.Body is { ValueKind: not JsonValueKind.Undefined } body ? body : null);
    }

    private static FailureKind Kind(int status, bool acts) => status switch
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
