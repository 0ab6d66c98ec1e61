using Microsoft.Extensions.Logging;
using Responder.Sdk;
using Responder.Sdk.Entra;
using Responder.Sdk.Rest;
using RestSharp;

namespace Responder.Connectors.Sentinel.Client;

/// <summary>The connection to Azure's management API, at one workspace.</summary>
internal sealed class SentinelApi : IDisposable
{
    private const string Insights = "providers/Microsoft.SecurityInsights";
    private const string Version = "2024-03-01";
    private readonly EntraSignIn _signIn;
    private readonly string _workspace;

    public SentinelApi(SentinelSettings settings, TimeProvider time, ILogger log)
    {
        _workspace = settings.Workspace;
        _signIn = new EntraSignIn(settings.Entra, settings.Scope, time, log);
        Rest = new RestConnection(
            new RestSettings { Product = "Sentinel", BaseAddress = settings.BaseUrl, Auth = new TokenAuth(_signIn.Tokens), Timeout = settings.Timeout, CaFile = settings.Entra.CaFile }, new SentinelDialect(), time, log);
    }

    public RestConnection Rest { get; }

    /// <summary>A request below the workspace's incidents.</summary>
    public RestRequest Incident(string path, Method method) => Under($"{Insights}/incidents/{path}", method, Version);

    /// <summary>A request below the workspace.</summary>
    public RestRequest Under(string path, Method method, string version) => new RestRequest($"{_workspace}/{path}", method).WithQuery("api-version", version);

    public Task SignInAsync(CancellationToken cancel) => _signIn.Tokens.TakeAsync(cancel).AsTask();

    public void Dispose()
    {
        Rest.Dispose();
        _signIn.Dispose();
    }
}

/// <summary>An incident that was changed since it was read is refused by its mark: nothing was done, so it is read and changed again.</summary>
internal sealed class SentinelDialect : ODataDialect
{
    protected override FailureKind? KindOf(string? code, RestAnswer answer) => answer.Status is 409 or 412 ? FailureKind.Transient : null;
}
