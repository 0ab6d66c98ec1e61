using Microsoft.Extensions.Logging;
using Responder.Sdk;
using Responder.Sdk.Entra;
using Responder.Sdk.Rest;
using RestSharp;

namespace Responder.Connectors.Defender.Client;

/// <summary>The connection to Defender. Results of live response lie in Azure's blob storage, by links that are good for half an hour and want no token.</summary>
internal sealed class DefenderApi : IDisposable
{
    private static readonly string[] Blobs = [".blob.core.windows.net", ".blob.core.usgovcloudapi.net"];
    private readonly EntraSignIn _signIn;

    public DefenderApi(DefenderSettings settings, TimeProvider time, ILogger log)
    {
        _signIn = new EntraSignIn(settings.Entra, settings.Scope, time, log);
        var common = new RestSettings { Product = "Defender for Endpoint", BaseAddress = settings.BaseUrl, Timeout = settings.Timeout, CaFile = settings.Entra.CaFile };
        Rest = new RestConnection(common with { Auth = new TokenAuth(_signIn.Tokens) }, new DefenderDialect(), time, log);
        Storage = new RestConnection(common with { KnownHosts = Blobs }, new RestDialect(), time, log);
    }

    public RestConnection Rest { get; }

    /// <summary>Where results lie: without a token, which no redirect can lead there either.</summary>
    public RestConnection Storage { get; }

    public TokenSource Tokens => _signIn.Tokens;

    /// <summary>All entities of a list, to the last page.</summary>
    public async Task<IReadOnlyList<T>> ListAsync<T>(RestRequest request, CancellationToken cancel)
    {
        var found = new List<T>();
        for (RestRequest? next = request; next is not null;)
        {
            var (page, link) = OData.Page(await Rest.ReadAsync(next, cancel));
            found.AddRange(page.Select(entity => System.Text.Json.JsonSerializer.Deserialize<T>(entity, VendorJson.Camel)!));
            next = link is null ? null : new RestRequest(new Uri(link));
        }

        return found;
    }

    public void Dispose()
    {
        Storage.Dispose();
        Rest.Dispose();
        _signIn.Dispose();
    }
}

/// <summary>Defender's errors: an order that another one stands in the way of is a conflict, not a wrong request.</summary>
internal sealed class DefenderDialect : ODataDialect
{
    public const string Active = "ActiveRequestAlreadyExists";

    protected override FailureKind? KindOf(string? code, RestAnswer answer) => code switch
    {
        Active => FailureKind.Conflict,
        "DisabledFeature" => FailureKind.Forbidden,
        "TooManyRequests" => FailureKind.RateLimited,
        _ => null,
    };
}
