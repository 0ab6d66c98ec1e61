using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Responder.Sdk;
using Responder.Sdk.Rest;
using RestSharp;

namespace Responder.Connectors.Teams;

/// <summary>Posts to webhooks. A 202 says that Workflows has the message; whether the post then worked nobody is told.</summary>
internal sealed class Webhooks(TeamsSettings settings, TimeProvider time, ILogger log) : IDisposable
{
    private const string People = "people";
    private readonly ConcurrentDictionary<string, RestConnection> _hosts = new(StringComparer.Ordinal);

    /// <summary>The names that have a webhook of their own.</summary>
    public IEnumerable<string> Names => settings.ByName.Keys;

    public Task PostAsync(string to, JsonObject message, ActionContext context)
    {
        var address = Find(to);
        var rest = _hosts.GetOrAdd(address.GetLeftPart(UriPartial.Authority), host => new RestConnection(
            new RestSettings { Product = "Teams", BaseAddress = new Uri(host), Timeout = settings.Timeout, CaFile = settings.CaFile, Concurrency = 4 }, new RestDialect(), time, log));

        // The address is taken as it is: its query is signed.
        return rest.ActAsync(new RestRequest(address, Method.Post).WithJson(message, VendorJson.Camel), context);
    }

    /// <summary>Refuses whom nothing reaches, before anything is built.</summary>
    public Uri Find(string to)
    {
        if (string.IsNullOrWhiteSpace(to))
        {
            throw new ActionFailure(FailureKind.Invalid, "'to' is empty; it takes a person's mail address or a channel's name.");
        }

        var found = settings.ByName.GetValueOrDefault(to.Contains('@', StringComparison.Ordinal) ? People : to) ?? settings.Usual;
        return new Uri((found ?? throw new ActionFailure(
            FailureKind.Invalid, $"No webhook reaches '{to}': set Webhooks:{(to.Contains('@', StringComparison.Ordinal) ? People : to)}, or Url for all. There are {string.Join(", ", Names)}.")).Reveal());
    }

    public void Dispose()
    {
        foreach (var host in _hosts.Values)
        {
            host.Dispose();
        }
    }
}
