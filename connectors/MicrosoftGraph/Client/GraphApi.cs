using Microsoft.Extensions.Logging;
using Microsoft.Graph;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Authentication;
using Responder.Sdk;
using Responder.Sdk.Entra;
using Responder.Sdk.Rest;

namespace Responder.Connectors.MicrosoftGraph.Client;

/// <summary>
/// Microsoft's SDK for Graph over our own wire: it knows paths and shapes, and our connection signs, tries again, and asks the last gate. Its own pipeline would send a
/// call that acts a second time (429, 503 and 504 for every verb), and its own credential would send no token to an emulator's host.
/// </summary>
internal sealed class GraphApi : IDisposable
{
    private static readonly HttpRequestOptionsKey<IRequestOption> Key = new(typeof(Acting).FullName!);
    private readonly EntraSignIn _signIn;
    private readonly HttpClient _http;

    public GraphApi(GraphSettings settings, TimeProvider time, ILogger log)
    {
        _signIn = new EntraSignIn(settings.Entra, settings.Scope, time, log);
        Rest = new RestConnection(
            new RestSettings { Product = "Microsoft Graph", BaseAddress = settings.BaseUrl, Auth = new TokenAuth(_signIn.Tokens), Timeout = settings.Timeout, CaFile = settings.Entra.CaFile },
            new ODataDialect(), time, log);
        _http = new HttpClient(new RestMessageHandler(Rest, message => message.Options.TryGetValue(Key, out var option) ? ((Acting)option).Context : null)) { Timeout = Timeout.InfiniteTimeSpan };
        Client = new GraphServiceClient(_http, new AnonymousAuthenticationProvider(), settings.BaseUrl.ToString().TrimEnd('/'));
    }

    /// <summary>The SDK. A call is a read unless its request says <see cref="Acts"/>.</summary>
    public GraphServiceClient Client { get; }

    /// <summary>The wire, for what the SDK does not know.</summary>
    public RestConnection Rest { get; }

    public TokenSource Tokens => _signIn.Tokens;

    /// <summary>Marks a call that acts: made once, behind the last gate.</summary>
    public static Action<RequestConfiguration<DefaultQueryParameters>> Acts(ActionContext context) => request => request.Options.Add(new Acting(context));

    public void Dispose()
    {
        Client.Dispose();
        _http.Dispose();
        Rest.Dispose();
        _signIn.Dispose();
    }

    private sealed record Acting(ActionContext Context) : IRequestOption;
}
