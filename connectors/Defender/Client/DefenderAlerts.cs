using System.Text.Json;
using Responder.Sdk;
using Responder.Sdk.Rest;
using RestSharp;

namespace Responder.Connectors.Defender.Client;

/// <summary>Alerts: one by its id, those of a machine, those that changed, and the update.</summary>
internal sealed class DefenderAlerts(DefenderApi defender)
{
    public async Task<DefenderAlert> GetAsync(string id, CancellationToken cancel)
    {
        var answer = await defender.Rest.ReadAsync(new RestRequest($"api/alerts/{Uri.EscapeDataString(id)}"), cancel, new RestCallOptions { Accept = [404] });
        return answer.Ok ? answer.Read<DefenderAlert>(VendorJson.Camel) : throw new ActionFailure(FailureKind.NotFound, $"Defender knows no alert '{id}'.") { Code = "ResourceNotFound" };
    }

    public Task<IReadOnlyList<DefenderAlert>> OfMachineAsync(string machine, CancellationToken cancel) =>
        defender.ListAsync<DefenderAlert>(new RestRequest($"api/machines/{machine}/alerts").WithQuery("$expand", "evidence"), cancel);

    /// <summary>Sets values and adds a comment, in one call.</summary>
    public async Task PatchAsync(string id, IReadOnlyDictionary<string, string> change, ActionContext? context, CancellationToken cancel)
    {
        var request = new RestRequest($"api/alerts/{Uri.EscapeDataString(id)}", Method.Patch).WithJson(change, VendorJson.Camel);
        await (context is null ? defender.Rest.ReadAsync(request, cancel, new RestCallOptions { Once = true }) : defender.Rest.ActAsync(request, context));
    }

    /// <summary>All alerts that changed at or after a time, as Defender has them.</summary>
    public IAsyncEnumerable<(DateTimeOffset Changed, string Id, JsonElement Alert)> ChangedSinceAsync(DateTimeOffset since, CancellationToken cancel) => defender
        .EachAsync<JsonElement>(new RestRequest("api/alerts").WithQuery("$filter", $"lastUpdateTime ge {OData.Time(since)}").WithQuery("$expand", "evidence").WithQuery("$top", "1000"), cancel)
        .Select(alert => (alert.GetProperty("lastUpdateTime").GetDateTimeOffset(), alert.GetProperty("id").GetString()!, alert));
}

/// <summary>An alert as Defender keeps it.</summary>
internal sealed record DefenderAlert(
    string? Id, string? Title, string? Severity, string? Status, string? Classification, string? AssignedTo, string? MachineId, string? DetectionSource, string? ThreatName, DateTimeOffset? AlertCreationTime,
    IReadOnlyList<string>? MitreTechniques, RelatedUser? RelatedUser, IReadOnlyList<AlertRemark>? Comments, IReadOnlyList<AlertEvidence>? Evidence)
{
    /// <summary>The classification says more than the status.</summary>
    public string Word => (Status, Classification) switch
    {
        ("Resolved", "TruePositive") => "true_positive",
        ("Resolved", "FalsePositive") => "false_positive",
        ("Resolved", _) => "closed",
        ("InProgress", _) => "in_progress",
        _ => "new",
    };

    /// <summary>0 to 100; Defender has words.</summary>
    public int Score => Severity switch { "Informational" => 10, "Low" => 30, "Medium" => 50, "High" => 75, _ => 0 };

    public bool HasComment(string mark) => (Comments ?? []).Any(comment => comment.Comment?.Contains(mark, StringComparison.Ordinal) == true);
}

/// <summary>The account of an alert.</summary>
internal sealed record RelatedUser(string? UserName, string? DomainName);

/// <summary>A comment of an alert.</summary>
internal sealed record AlertRemark(string? Comment);

/// <summary>A piece of evidence, as far as it is read.</summary>
internal sealed record AlertEvidence(string? EntityType, string? FileName, string? FilePath, string? DetectionStatus);
