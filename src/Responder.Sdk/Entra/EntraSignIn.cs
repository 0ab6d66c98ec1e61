using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Microsoft.Extensions.Logging;
using Responder.Sdk.Rest;

namespace Responder.Sdk.Entra;

/// <summary>Tokens of Entra ID by Azure.Identity, whose calls take the same way as all others of a connector. Its own retries are off: a sign-in is a read of ours.</summary>
public sealed class EntraSignIn : IDisposable
{
    private readonly EntraSettings _settings;
    private readonly string _scope;
    private readonly RestConnection _rest;
    private readonly HttpClient _http;

    /// <summary>Opens nothing yet.</summary>
    /// <param name="settings">The credential.</param>
    /// <param name="scope">What the token is for: <c>https://graph.microsoft.com/.default</c>.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">For one debug line a call.</param>
    public EntraSignIn(EntraSettings settings, string scope, TimeProvider time, ILogger log)
    {
        ArgumentNullException.ThrowIfNull(settings);
        (_settings, _scope) = (settings, scope);
        _rest = new RestConnection(new RestSettings { Product = "Entra ID", BaseAddress = settings.Authority, CaFile = settings.CaFile }, new RestDialect(), time, log);
        _http = new HttpClient(new AsWritten(settings.Authority, new RestMessageHandler(_rest, options: new RestCallOptions { Raw = true, NoRedirects = true })));
        Tokens = new TokenSource(FetchAsync, time);
    }

    /// <summary>The tokens, kept across runs.</summary>
    public TokenSource Tokens { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Tokens.Dispose();
        _http.Dispose();
        _rest.Dispose();
    }

    /// <summary>A credential of its own for each token: the library keeps tokens itself, and would give one again that the product has refused.</summary>
    private async Task<Rest.AccessToken> FetchAsync(CancellationToken cancel)
    {
        try
        {
            var token = await Credential().GetTokenAsync(new TokenRequestContext([_scope]), cancel);

            // The library tells the end by the wall clock, whatever clock is ours.
            return new Rest.AccessToken(new Secret(token.Token), token.ExpiresOn - TimeProvider.System.GetUtcNow());
        }
        catch (Exception exception) when (exception is AuthenticationFailedException or ActionFailure)
        {
            throw EntraFailures.Of(exception);
        }
    }

    private TokenCredential Credential()
    {
        if (_settings.ManagedIdentity)
        {
            // Its address is the machine's own, which Azure.Identity knows to find.
            return new ManagedIdentityCredential(_settings.ClientId is { } id ? ManagedIdentityId.FromUserAssignedClientId(id) : ManagedIdentityId.SystemAssigned);
        }

        var authority = new UriBuilder(_settings.Authority) { Scheme = Uri.UriSchemeHttps, Port = _settings.Authority.Port }.Uri;
        return _settings.Secret is { } secret
            ? new ClientSecretCredential(_settings.Tenant, _settings.ClientId, secret.Reveal(), With(new ClientSecretCredentialOptions { DisableInstanceDiscovery = true }, authority))
            : new ClientCertificateCredential(_settings.Tenant, _settings.ClientId, EntraCertificate.Load(_settings), With(new ClientCertificateCredentialOptions { DisableInstanceDiscovery = true }, authority));
    }

    private T With<T>(T options, Uri authority)
        where T : TokenCredentialOptions
    {
        options.AuthorityHost = authority;
        options.Transport = new HttpClientTransport(_http);
        options.Retry.MaxRetries = 0;
        return options;
    }

    /// <summary>Azure.Identity writes every address with https; one on loopback may be plain, as the setting says it.</summary>
    private sealed class AsWritten(Uri authority, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (authority.Scheme == Uri.UriSchemeHttp)
            {
                request.RequestUri = new UriBuilder(request.RequestUri!) { Scheme = Uri.UriSchemeHttp, Port = authority.Port }.Uri;
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
