using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Responder.Sdk;
using Responder.Sdk.Rest;
using RestSharp;

namespace Responder.Connectors.Jira.Client;

/// <summary>Jira's REST API: the version of the deployment, and what differs between the two.</summary>
internal sealed class JiraClient(JiraSettings settings, TimeProvider time, ILogger log) : IDisposable
{
    private readonly RestConnection _rest = new(
        new RestSettings
        {
            Product = "Jira", BaseAddress = settings.Url, Auth = settings.Auth, Timeout = settings.Timeout, CaFile = settings.CaFile, Concurrency = 8,
        },
        new JiraDialect(), time, log);

    /// <summary>True for Cloud and its v3, false for Data Center and its v2.</summary>
    public bool Cloud => settings.Cloud;

    /// <summary>A ticket's page.</summary>
    public string PageOf(string key) => $"{settings.Url.AbsoluteUri.TrimEnd('/')}/browse/{key}";

    public async Task<JsonElement> GetAsync(string path, CancellationToken cancel, params (string Name, string Value)[] query)
    {
        var request = Request(path, Method.Get);
        foreach (var (name, value) in query)
        {
            request.WithQuery(name, value);
        }

        return (await _rest.ReadAsync(request, cancel)).Json;
    }

    /// <summary>As <see cref="GetAsync"/>; null where there is no such thing.</summary>
    public async Task<JsonElement?> FindAsync(string path, CancellationToken cancel, params (string Name, string Value)[] query)
    {
        try
        {
            return await GetAsync(path, cancel, query);
        }
        catch (ActionFailure failure) when (failure.Kind == FailureKind.NotFound)
        {
            return null;
        }
    }

    /// <summary>A read that Jira wants as a POST.</summary>
    public async Task<JsonElement> AskAsync(string path, JsonObject body, CancellationToken cancel) => (await _rest.ReadAsync(Request(path, Method.Post).WithJson(body, VendorJson.Camel), cancel)).Json;

    public Task<RestAnswer> ActAsync(Method method, string path, JsonObject body, ActionContext context) => ChangeAsync(method, path, body, context, context.Cancel);

    /// <summary>As <see cref="ActAsync"/>; without a step's context outside a run.</summary>
    public Task<RestAnswer> ChangeAsync(Method method, string path, JsonObject body, ActionContext? context, CancellationToken cancel)
    {
        var request = Request(path, method).WithJson(body, VendorJson.Camel);
        return context is null ? _rest.ReadAsync(request, cancel, new RestCallOptions { Once = true }) : _rest.ActAsync(request, context);
    }

    /// <summary>Attaches a file; without the header Jira takes it for a forged form.</summary>
    public Task<RestAnswer> AttachAsync(string key, string name, ReadOnlyMemory<byte> content, string mediaType, ActionContext context)
    {
        var request = Request($"issue/{IssueKey.Check(key)}/attachments", Method.Post).AddHeader("X-Atlassian-Token", "no-check");
        request.AddFile("file", content.ToArray(), name, mediaType);
        return _rest.ActAsync(request, context, new RestCallOptions { Timeout = settings.Timeout * 4 });
    }

    public void Dispose() => _rest.Dispose();

    private RestRequest Request(string path, Method method) => new RestRequest($"rest/api/{(Cloud ? 3 : 2)}/{path}", method).AddHeader("Accept", "application/json");
}
