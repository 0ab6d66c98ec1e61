using System.Runtime.CompilerServices;
using System.Text.Json;
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
    public async Task<IReadOnlyList<T>> ListAsync<T>(RestRequest request, CancellationToken cancel) => await EachAsync<T>(request, cancel).ToListAsync(cancel);

    /// <summary>The entities of a list, page after page: the whole of it is never held.</summary>
    public async IAsyncEnumerable<T> EachAsync<T>(RestRequest request, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (RestRequest? next = request; next is not null;)
        {
            var (page, link) = OData.Page(await Rest.ReadAsync(next, cancel));
            foreach (var entity in page)
            {
                yield return JsonSerializer.Deserialize<T>(entity, VendorJson.Camel)!;
            }

            next = link is null ? null : new RestRequest(new Uri(link));
        }
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
