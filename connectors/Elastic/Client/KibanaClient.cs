using System.Text.Json;
using Microsoft.Extensions.Logging;
using Responder.Sdk;
using Responder.Sdk.Rest;
using RestSharp;

namespace Responder.Connectors.Elastic.Client;

/// <summary>Kibana's API in one space. Without its own header Kibana takes a call that changes something for a forged one.</summary>
internal sealed class KibanaClient(ElasticSettings settings, TimeProvider time, ILogger<KibanaClient> log) : IDisposable
{
    private readonly RestConnection _rest = new(
        new RestSettings { Product = "Kibana", BaseAddress = settings.Url, Auth = FixedAuth.Of("ApiKey", settings.ApiKey), Timeout = settings.Timeout, CaFile = settings.CaFile }, new KibanaDialect(), time, log);

    public async Task<JsonElement> GetAsync(string path, CancellationToken cancel, params (string Name, string Value)[] query)
    {
        var request = Request(path, Method.Get);
        foreach (var (name, value) in query)
        {
            request.WithQuery(name, value);
        }

        return (await _rest.ReadAsync(request, cancel)).Json;
    }

    /// <summary>A read that Kibana wants as a POST.</summary>
    public async Task<JsonElement> AskAsync(string path, object body, CancellationToken cancel) => (await _rest.ReadAsync(Request(path, Method.Post).WithJson(body, VendorJson.Camel), cancel)).Json;

    /// <summary>Changes something, once; without a step's context outside a run.</summary>
    public async Task<JsonElement> ChangeAsync(Method method, string path, object body, ActionContext? context, CancellationToken cancel)
    {
        var request = Request(path, method).WithJson(body, VendorJson.Camel);
        return (await (context is null ? _rest.ReadAsync(request, cancel, new RestCallOptions { Once = true }) : _rest.ActAsync(request, context))).Json;
    }

    public void Dispose() => _rest.Dispose();

    private RestRequest Request(string path, Method method) =>
        new RestRequest($"{(settings.Space is { } space ? $"s/{space}/" : string.Empty)}api/{path}", method).AddHeader("kbn-xsrf", "responder").AddHeader("elastic-api-version", "2023-10-31");
}

/// <summary>Kibana's errors: <c>{"statusCode","error","message"}</c>, and of the detection engine <c>{"status_code","message"}</c>.</summary>
internal sealed class KibanaDialect : RestDialect
{
    public override VendorError? ErrorOf(RestAnswer answer) => answer.Ok ? null
        : answer.TryJson(out var json) && json.ValueKind == JsonValueKind.Object && json.TryGetProperty("message", out var message)
            ? new VendorError(message.ToString(), json.TryGetProperty("error", out var error) ? error.ToString() : null, TraceIdOf(answer)) : new VendorError(MessageOf(answer), null, TraceIdOf(answer));
}
