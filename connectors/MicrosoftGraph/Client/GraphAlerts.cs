using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Graph.Models.Security;
using Responder.Sdk;
using Responder.Sdk.Rest;
using RestSharp;

namespace Responder.Connectors.MicrosoftGraph.Client;

/// <summary>Alerts of Defender XDR (<c>alerts_v2</c>).</summary>
internal sealed class GraphAlerts(GraphApi graph)
{
    private static readonly Dictionary<string, AlertStatus> Statuses = new(StringComparer.Ordinal)
    {
        ["new"] = AlertStatus.New, ["in_progress"] = AlertStatus.InProgress, ["resolved"] = AlertStatus.Resolved, ["closed"] = AlertStatus.Resolved,
    };

    public async Task<Alert> GetAsync(string id, CancellationToken cancel)
    {
        try
        {
            return await graph.Client.Security.Alerts_v2[id].GetAsync(cancellationToken: cancel) ?? throw new ActionFailure(FailureKind.NotFound, $"Microsoft Graph knows no alert '{id}'.");
        }
        catch (ActionFailure failure) when (failure.Kind == FailureKind.NotFound)
        {
            throw new ActionFailure(FailureKind.NotFound, $"Microsoft Graph knows no alert '{id}'.", failure) { Code = failure.Code, TraceId = failure.TraceId };
        }
    }

    /// <summary>The product's status of a word of ours.</summary>
    /// <exception cref="ActionFailure">There is no such word.</exception>
    public static AlertStatus StatusOf(string word) => Statuses.TryGetValue(word, out var status) ? status
        : throw new ActionFailure(FailureKind.Invalid, $"'{word}' is no status of an alert; it takes {string.Join(", ", Statuses.Keys)}.");

    public static string WordOf(AlertStatus? status) => Statuses.FirstOrDefault(one => one.Value == status).Key ?? "unknown";

    public static bool HasComment(Alert alert, string mark) => (alert.Comments ?? []).Any(comment => comment.Comment?.Contains(mark, StringComparison.Ordinal) == true);

    /// <summary>Sets values; the same again changes nothing. Without a step's context it is tried again like a read.</summary>
    public Task PatchAsync(string id, Alert change, ActionContext? context, CancellationToken cancel) =>
        graph.Client.Security.Alerts_v2[id].PatchAsync(change, context is null ? null : GraphApi.Acts(context), cancel);

    /// <summary>Puts a comment. The SDK (6.10) sends a list, which the documented call does not take.</summary>
    public async Task CommentAsync(string id, string comment, ActionContext? context, CancellationToken cancel)
    {
        var request = new RestRequest($"security/alerts_v2/{Uri.EscapeDataString(id)}/comments", Method.Post)
            .WithJson(new Dictionary<string, string> { ["@odata.type"] = "microsoft.graph.security.alertComment", ["comment"] = comment }, VendorJson.Camel);
        await (context is null ? graph.Rest.ReadAsync(request, cancel, new RestCallOptions { Once = true }) : graph.Rest.ActAsync(request, context));
    }

    /// <summary>All alerts that changed at or after a time, as Graph has them. It can't order them by that.</summary>
    public async IAsyncEnumerable<(DateTimeOffset Changed, string Id, JsonElement Alert)> ChangedSinceAsync(DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancel)
    {
        var request = new RestRequest("security/alerts_v2").WithQuery("$filter", $"lastUpdateDateTime ge {OData.Time(since)}").WithQuery("$top", "500");
        while (request is not null)
        {
            var (page, next) = OData.Page(await graph.Rest.ReadAsync(request, cancel));
            foreach (var alert in page)
            {
                yield return (alert.GetProperty("lastUpdateDateTime").GetDateTimeOffset(), alert.GetProperty("id").GetString()!, alert);
            }

            request = next is null ? null : new RestRequest(new Uri(next));
        }
    }
}
