using System.Text.Json;
using System.Text.Json.Nodes;
using Responder.Sdk;
using Responder.Sdk.Alerts;
using Responder.Sdk.Rest;
using RestSharp;

namespace Responder.Connectors.Sentinel.Client;

/// <summary>Incidents. A change is the whole incident put again under the mark (<c>etag</c>) that it was read with; a comment goes under an id that the caller chooses, so that it is there once.</summary>
internal sealed class Incidents(SentinelApi sentinel)
{
    /// <summary>What may be put; the rest Sentinel sets itself.</summary>
    private static readonly string[] Settable =
        ["title", "description", "severity", "status", "classification", "classificationReason", "classificationComment", "labels", "owner", "firstActivityTimeUtc", "lastActivityTimeUtc"];

    private static readonly Dictionary<string, string> Statuses = new(StringComparer.Ordinal) { ["new"] = "New", ["in_progress"] = "Active", ["resolved"] = "Closed", ["closed"] = "Closed" };

    private static readonly Dictionary<AlertVerdict, (string Class, string? Reason)> Classes = new()
    {
        [AlertVerdict.None] = ("Undetermined", null), [AlertVerdict.TruePositive] = ("TruePositive", "SuspiciousActivity"),
        [AlertVerdict.FalsePositive] = ("FalsePositive", "IncorrectAlertLogic"), [AlertVerdict.Benign] = ("BenignPositive", "SuspiciousButExpected"),
    };

    public async Task<Incident> GetAsync(string id, CancellationToken cancel)
    {
        try
        {
            return new Incident(id, (await sentinel.Rest.ReadAsync(sentinel.Incident(Uri.EscapeDataString(id), Method.Get), cancel)).Json);
        }
        catch (ActionFailure failure) when (failure.Kind == FailureKind.NotFound)
        {
            throw new ActionFailure(FailureKind.NotFound, $"Sentinel's workspace has no incident '{id}'.", failure) { Code = failure.Code, TraceId = failure.TraceId };
        }
    }

    /// <summary>The product's status of a word of ours.</summary>
    /// <exception cref="ActionFailure">There is no such word.</exception>
    public static string StatusOf(string word) => Statuses.TryGetValue(word, out var status) ? status
        : throw new ActionFailure(FailureKind.Invalid, $"'{word}' is no status of an alert; it takes {string.Join(", ", Statuses.Keys)}.");

    /// <summary>Sets status and owner, where they differ. To close one, Sentinel wants to know what it was.</summary>
    /// <returns>True where something was changed.</returns>
    public async Task<bool> SetAsync(Incident incident, string? status, string? owner, AlertVerdict verdict, ActionContext? context, CancellationToken cancel)
    {
        var (newStatus, newOwner) = (status is not null && status != incident.Status, owner is not null && owner != incident.Owner);
        if (!newStatus && !newOwner)
        {
            return false;
        }

        var properties = new JsonObject();
        foreach (var name in Settable)
        {
            if (incident.Properties.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null)
            {
                properties[name] = JsonNode.Parse(value.GetRawText());
            }
        }

        if (newStatus)
        {
            properties["status"] = status;
            if (status == "Closed")
            {
                (properties["classification"], properties["classificationReason"]) = Classes[verdict];
            }
        }

        if (newOwner)
        {
            properties["owner"] = new JsonObject { [owner!.Contains('@', StringComparison.Ordinal) ? "userPrincipalName" : Guid.TryParse(owner, out _) ? "objectId" : "assignedTo"] = owner };
        }

        await PutAsync(sentinel.Incident(Uri.EscapeDataString(incident.Id), Method.Put).WithJson(new JsonObject { ["etag"] = incident.Etag, ["properties"] = properties }, VendorJson.Camel), context, cancel);
        return true;
    }

    /// <summary>True where the comment of a mark is there.</summary>
    public async Task<bool> HasCommentAsync(string id, string mark, CancellationToken cancel) =>
        (await sentinel.Rest.ReadAsync(sentinel.Incident($"{Uri.EscapeDataString(id)}/comments/{CommentId(mark)}", Method.Get), cancel, new RestCallOptions { Accept = [404] })).Ok;

    /// <summary>Puts a comment under an id that its mark makes: the same again is the same comment.</summary>
    /// <param name="id">The incident.</param>
    /// <param name="mark">At least 32 hex digits.</param>
    /// <param name="text">The comment.</param>
    /// <param name="context">The step's context; null outside a run.</param>
    /// <param name="cancel">Ends waiting.</param>
    public Task CommentAsync(string id, string mark, string text, ActionContext? context, CancellationToken cancel) => PutAsync(
        sentinel.Incident($"{Uri.EscapeDataString(id)}/comments/{CommentId(mark)}", Method.Put).WithJson(new { properties = new { message = text } }, VendorJson.Camel), context, cancel);

    private static string CommentId(string mark) => Guid.ParseExact(mark[..32], "N").ToString();

    private Task<RestAnswer> PutAsync(RestRequest request, ActionContext? context, CancellationToken cancel) =>
        context is null ? sentinel.Rest.ReadAsync(request, cancel, new RestCallOptions { Once = true }) : sentinel.Rest.ActAsync(request, context);
}
