using System.Text.Json;
using Responder.Sdk;
using Responder.Sdk.Rest;
using RestSharp;

namespace Responder.Connectors.CrowdStrike.Falcon;

/// <summary>Alerts: one by its composite id, and its update.</summary>
internal sealed class FalconAlerts(FalconClient falcon)
{
    public async Task<FalconAlert> GetAsync(string id, CancellationToken cancel)
    {
        var answer = await falcon.Rest.ReadAsync(new RestRequest("/alerts/entities/alerts/v2", Method.Post).WithJson(new { composite_ids = (string[])[id] }), cancel);
        return answer.Read<FalconEnvelope<FalconAlert>>(VendorJson.Snake).Resources?.FirstOrDefault(alert => alert.CompositeId == id)
            ?? throw new ActionFailure(FailureKind.NotFound, $"Falcon knows no alert '{id}'.") { Code = "404" };
    }

    public async Task UpdateAsync(string id, IReadOnlyList<(string Name, string Value)> changes, ActionContext context) => await falcon.Rest.ActAsync(
        new RestRequest("/alerts/entities/alerts/v3", Method.Patch).WithQuery("include_hidden", "true").WithJson(
            new { composite_ids = (string[])[id], action_parameters = changes.Select(change => new { name = change.Name, value = change.Value }) }),
        context);
}

/// <summary>An alert as Falcon keeps it; real ones leave many fields out.</summary>
internal sealed record FalconAlert(
    string? CompositeId, string? DisplayName, string? Name, int? Severity, string? Status, string? AgentId, string? UserName, DateTimeOffset? CreatedTimestamp,
    string? TechniqueId, IReadOnlyList<FalconTechnique>? MitreAttack, IReadOnlyList<string>? Tags, string? AssignedToUid, string? AssignedToName, JsonElement? Comments)
{
    private static readonly string[] Resolutions = ["true_positive", "false_positive"];

    /// <summary>A resolution is a tag, and says more than <c>closed</c>.</summary>
    public string Word => Tags?.FirstOrDefault(tag => Resolutions.Contains(tag)) is { } resolution && Status == "closed" ? resolution : Status ?? "new";

    public IReadOnlyList<string> Techniques =>
        [.. (MitreAttack ?? []).Select(one => one.TechniqueId).Append(TechniqueId).OfType<string>().Distinct(StringComparer.Ordinal)];

    public bool HasComment(string mark) => Comments is { ValueKind: JsonValueKind.Array } list && list.GetRawText().Contains(mark, StringComparison.Ordinal);
}

/// <summary>One technique of an alert.</summary>
internal sealed record FalconTechnique(string? TechniqueId);
