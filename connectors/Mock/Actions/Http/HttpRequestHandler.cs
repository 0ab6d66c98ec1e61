using System.Globalization;
using System.Text.Json;
using Responder.Sdk;
using Responder.Sdk.Estate;
using Responder.Sdk.Http;

namespace Responder.Connectors.Mock.Actions.Http;

/// <summary>Answers from the estate's routes. What is not GET or HEAD counts as an effect each time: nobody can know that it is not one.</summary>
internal sealed class HttpRequestHandler(MockEstate estate) : IActionHandler<HttpRequest, HttpAnswer>
{
    public async Task<Outcome<HttpAnswer>> RunAsync(HttpRequest action, ActionContext context)
    {
        var method = HttpRules.Method(action.Method);
        HttpRules.CheckHeaders(action.Headers);
        var path = UrlPath.Render(action.Path);
        var route = estate.Read(company => company.Http.Find(method, path));
        var status = route?.Status ?? 404;
        var acts = context.Acts || method is not ("GET" or "HEAD");
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
            throw new ActionFailure(HttpRules.Kind(status, acts), $"{method} {path} answered {status}.") { Code = status.ToString(CultureInfo.InvariantCulture) };
        }

        return new HttpAnswer(status, route?.Headers ?? [], method == "HEAD" ? null : route?.Body is { ValueKind: not JsonValueKind.Undefined } body ? body : null);
    }
}
