using Microsoft.Extensions.Logging;
using Responder.Sdk;
using Responder.Sdk.Rest;
using RestSharp;

namespace Responder.Connectors.CrowdStrike.Falcon;

/// <summary>The connection to Falcon, and its token: kept for half an hour, fetched at another of Falcon's clouds where the first says so.</summary>
internal sealed class FalconClient : IDisposable
{
    private readonly CrowdStrikeSettings _settings;
    private readonly TokenSource _tokens;

    public FalconClient(CrowdStrikeSettings settings, TimeProvider time, ILogger log)
    {
        _settings = settings;
        _tokens = new TokenSource(FetchAsync, time);
        Rest = new RestConnection(
            new RestSettings
            {
                Product = "Falcon",
                BaseAddress = settings.BaseUrl,
                KnownHosts = FalconClouds.Hosts,
                Auth = new TokenAuth(_tokens),
                Timeout = settings.Timeout,
                CaFile = settings.CaFile,
            },
            new FalconDialect(), time, log);
    }

    public RestConnection Rest { get; }

    public async Task SignInAsync(CancellationToken cancel) => await _tokens.TakeAsync(cancel);

    public Task<RestAnswer> GetAsync(string path, CancellationToken cancel, params (string Name, string? Value)[] query)
    {
        var request = new RestRequest(path);
        foreach (var (name, value) in query)
        {
            request.WithQuery(name, value);
        }

        return Rest.ReadAsync(request, cancel);
    }

    public void Dispose()
    {
        Rest.Dispose();
        _tokens.Dispose();
    }

    private async Task<AccessToken> FetchAsync(CancellationToken cancel)
    {
        for (var hop = 0; ; hop++)
        {
            var request = new RestRequest("/oauth2/token", Method.Post)
                .WithForm("client_id", _settings.ClientId).WithForm("client_secret", _settings.ClientSecret.Reveal()).WithForm("member_cid", _settings.MemberCid);
            var answer = await SignInAsync(request, cancel);
            if (answer.Ok)
            {
                if (!_settings.BaseUrl.IsLoopback && FalconClouds.Named(answer.Header("X-Cs-Region")) is { } region)
                {
                    Rest.MoveTo(region);
                }

                var seconds = answer.Json.TryGetProperty("expires_in", out var life) && life.TryGetInt32(out var said) ? said : 1799;
                var token = answer.Json.TryGetProperty("access_token", out var value) ? value.GetString() : null;
                return token is { Length: > 0 } ? new AccessToken(new Secret(token), TimeSpan.FromSeconds(seconds))
                    : throw new ActionFailure(FailureKind.Unauthorized, "Falcon answered the sign-in without a token.");
            }

            // The secret goes to our own address of that cloud, never to the Location itself.
            var elsewhere = Uri.TryCreate(answer.Header("Location"), UriKind.Absolute, out var location) ? FalconClouds.At(location) : null;
            if (elsewhere is null || hop == 2)
            {
                throw new ActionFailure(
                    FailureKind.Unauthorized, $"Falcon's sign-in points to {location?.Host ?? "nowhere"}, which is none of its clouds. The credential was not sent there.") { Code = "unknown_host" };
            }

            Rest.MoveTo(elsewhere);
        }
    }

    /// <summary>Falcon refuses a client that it does not know with 400 and one whose secret is wrong with 403: both are the credential's fault.</summary>
    private async Task<RestAnswer> SignInAsync(RestRequest request, CancellationToken cancel)
    {
        try
        {
            return await Rest.ReadAsync(request, cancel, new RestCallOptions { Anonymous = true, Accept = [301, 302, 307, 308], NoRedirects = true });
        }
        catch (ActionFailure failure) when (failure.Kind is FailureKind.Invalid or FailureKind.Forbidden)
        {
            throw new ActionFailure(FailureKind.Unauthorized, $"Falcon refuses the API client. Check ClientId, ClientSecret, the cloud, and the client's list of allowed addresses. {failure.Message}", failure)
            {
                Code = failure.Code, TraceId = failure.TraceId,
            };
        }
    }
}
