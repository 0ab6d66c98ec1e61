using Responder.Connectors.Http.Calls;
using Responder.Sdk;

namespace Responder.Connectors.Http;

/// <summary>Reads <c>CheckPath</c> with the credential. Nobody can know what else the credential is allowed.</summary>
internal sealed class HttpCheck(HttpSettings settings, ApiClient api) : IConnectionCheck
{
    private const string Action = "http.request";

    public async Task<Health> CheckAsync(CancellationToken cancel)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, api.AddressOf(settings.CheckPath));
            var answer = await api.SendAsync(request, () => ValueTask.CompletedTask, cancel);
            return answer.Status switch
            {
                401 or 403 => No($"{settings.Base} refused the credential: {answer.Status}."),
                >= 500 => No($"{settings.Base} answered {answer.Status}."),
                _ => new Health(true, $"{settings.Base} answered {answer.Status} to GET {settings.CheckPath}.", new Dictionary<string, string?> { [Action] = null }),
            };
        }
        catch (ActionFailure failure)
        {
            return No(failure.Message);
        }
    }

    private static Health No(string why) => new(false, why, new Dictionary<string, string?> { [Action] = why });
}
