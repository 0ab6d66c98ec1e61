using System.Globalization;
using System.Text.Json;
using Responder.Sdk;
using Responder.Sdk.Rest;
using RestSharp;

namespace Responder.Connectors.CrowdStrike.Falcon;

/// <summary>Alerts: one by its composite id, those that changed, and the update.</summary>
internal sealed class FalconAlerts(FalconClient falcon)
{
    /// <summary>A query gives no more than so many ids.</summary>
    public const int Most = 10_000;

    /// <summary>So many alerts are fetched in one call.</summary>
    private const int AtOnce = 1000;

    public async Task<FalconAlert> GetAsync(string id, CancellationToken cancel)
    {
        var answer = await falcon.Rest.ReadAsync(Entities([id]), cancel);
        return answer.Read<FalconEnvelope<FalconAlert>>(VendorJson.Snake).Resources?.FirstOrDefault(alert => alert.CompositeId == id)
            ?? throw new ActionFailure(FailureKind.NotFound, $"Falcon knows no alert '{id}'.") { Code = "404" };
    }

    /// <summary>Makes changes, in one call; without a step's context outside a run.</summary>
    public async Task UpdateAsync(string id, IReadOnlyList<(string Name, string Value)> changes, ActionContext? context, CancellationToken cancel)
    {
        var request = new RestRequest("/alerts/entities/alerts/v3", Method.Patch).WithQuery("include_hidden", "true").WithJson(
            new { composite_ids = (string[])[id], action_parameters = changes.Select(change => new { name = change.Name, value = change.Value }) });
        await (context is null ? falcon.Rest.ReadAsync(request, cancel, new RestCallOptions { Once = true }) : falcon.Rest.ActAsync(request, context));
    }

    /// <summary>What must change for an alert to be as wanted. A resolution is a tag beside the status; of those there is one.</summary>
    /// <param name="alert">The alert as it is.</param>
    /// <param name="word">A status, or a resolution of a closed alert; null to leave it.</param>
    /// <param name="assignee">A mail address or a name; null to leave it.</param>
    /// <param name="comment">A comment that is not there yet.</param>
    public static IEnumerable<(string Name, string Value)> Changes(FalconAlert alert, string? word, string? assignee, string? comment)
    {
        if (word is not null && word != alert.Word)
        {
            var resolution = FalconAlert.Resolutions.Contains(word);
            foreach (var old in (alert.Tags ?? []).Where(tag => FalconAlert.Resolutions.Contains(tag) && tag != word))
            {
                yield return ("remove_tag", old);
            }

            yield return ("update_status", resolution ? "closed" : word);
            if (resolution)
            {
                yield return ("add_tag", word);
            }
        }

        if (assignee is not null && assignee != alert.AssignedToUid && assignee != alert.AssignedToName)
        {
            yield return (assignee.Contains('@', StringComparison.Ordinal) ? "assign_to_user_id" : "assign_to_name", assignee);
        }

        if (comment is not null)
        {
            yield return ("append_comment", comment);
        }
    }

    /// <summary>When any alert last changed; null where there is none.</summary>
    public async Task<DateTimeOffset?> NewestChangeAsync(CancellationToken cancel)
    {
        var ids = await QueryAsync(null, "desc", 1, cancel);
        return (await ReadAsync(ids, cancel)).Select(ChangeOf).FirstOrDefault();
    }

    /// <summary>The first alerts of those that changed within a time, both ends with it, oldest change first, as Falcon has them; and whether these are all.</summary>
    public async Task<(IReadOnlyList<JsonElement> Alerts, bool Whole)> ChangedAsync(DateTimeOffset from, DateTimeOffset until, int take, CancellationToken cancel)
    {
        var ids = await QueryAsync($"updated_timestamp:>='{Time(from)}'+updated_timestamp:<='{Time(until)}'", "asc", Math.Min(take, Most), cancel);
        var found = new List<JsonElement>();
        foreach (var some in ids.Chunk(AtOnce))
        {
            found.AddRange((await ReadAsync(some, cancel)).Where(alert => ChangeOf(alert) is not null));
        }

        return (found, ids.Count < take);
    }

    /// <summary>Alerts as Falcon has them. One that is gone since it was listed is told as an error beside the others, and is left out.</summary>
    public async Task<IReadOnlyList<JsonElement>> ReadAsync(IReadOnlyList<string> ids, CancellationToken cancel)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        try
        {
            return (await falcon.Rest.ReadAsync(Entities(ids), cancel)).Read<FalconEnvelope<JsonElement>>(VendorJson.Snake).Resources ?? [];
        }
        catch (ActionFailure failure) when (failure.Kind == FailureKind.NotFound && ids.Count > 1)
        {
            var rest = new List<JsonElement>();
            foreach (var half in ids.Chunk((ids.Count + 1) / 2))
            {
                rest.AddRange(await ReadAsync(half, cancel));
            }

            return rest;
        }
        catch (ActionFailure failure) when (failure.Kind == FailureKind.NotFound)
        {
            return [];
        }
    }

    /// <summary>When an alert last changed.</summary>
    public static DateTimeOffset? ChangeOf(JsonElement alert) =>
        (Field(alert, "updated_timestamp") ?? Field(alert, "created_timestamp")) is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    private static string? Field(JsonElement alert, string name) => alert.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private async Task<IReadOnlyList<string>> QueryAsync(string? filter, string direction, int limit, CancellationToken cancel)
    {
        var answer = await falcon.GetAsync(
            "/alerts/queries/alerts/v2", cancel, ("filter", filter), ("sort", $"updated_timestamp|{direction}"), ("limit", limit.ToString(CultureInfo.InvariantCulture)));
        return answer.Read<FalconEnvelope<string>>(VendorJson.Snake).Resources ?? [];
    }

    private static RestRequest Entities(IReadOnlyList<string> ids) => new RestRequest("/alerts/entities/alerts/v2", Method.Post).WithJson(new { composite_ids = ids });

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
}

/// <summary>An alert as Falcon keeps it; real ones leave many fields out.</summary>
internal sealed record FalconAlert(
    string? CompositeId, string? DisplayName, string? Name, int? Severity, string? Status, string? AgentId, string? UserName, DateTimeOffset? CreatedTimestamp,
    string? TechniqueId, IReadOnlyList<FalconTechnique>? MitreAttack, IReadOnlyList<string>? Tags, string? AssignedToUid, string? AssignedToName, JsonElement? Comments)
{
    /// <summary>The tags that are resolutions.</summary>
    public static IReadOnlyList<string> Resolutions { get; } = ["true_positive", "false_positive", "ignored"];

    /// <summary>A resolution is a tag, and says more than <c>closed</c>.</summary>
    public string Word => Tags?.FirstOrDefault(Resolutions.Contains) is { } resolution && Status == "closed" ? resolution : Status ?? "new";

    public IReadOnlyList<string> Techniques =>
        [.. (MitreAttack ?? []).Select(one => one.TechniqueId).Append(TechniqueId).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>True where a comment carries a mark. Read as text by text: a mark holds a slash, which JSON may write in two ways.</summary>
    public bool HasComment(string mark) => Comments is { ValueKind: JsonValueKind.Array } list && list.EnumerateArray().Any(comment => comment.ValueKind == JsonValueKind.Object
        && comment.EnumerateObject().Any(field => field.Value.ValueKind == JsonValueKind.String && field.Value.GetString()!.Contains(mark, StringComparison.Ordinal)));
}

/// <summary>One technique of an alert.</summary>
internal sealed record FalconTechnique(string? TechniqueId);
