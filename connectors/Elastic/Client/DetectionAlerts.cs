using System.Text.Json;
using Responder.Sdk;
using RestSharp;

namespace Responder.Connectors.Elastic.Client;

/// <summary>Detection alerts, and the notes on them: Elastic's comments.</summary>
internal sealed class DetectionAlerts(KibanaClient kibana)
{
    private static readonly Dictionary<string, string> Statuses = new(StringComparer.Ordinal) { ["new"] = "open", ["in_progress"] = "acknowledged", ["resolved"] = "closed", ["closed"] = "closed" };

    public async Task<DetectionAlert> GetAsync(string id, CancellationToken cancel)
    {
        var answer = await kibana.AskAsync("detection_engine/signals/search", new { query = new { ids = new { values = (string[])[id] } }, size = 1 }, cancel);
        return answer.GetProperty("hits").GetProperty("hits") is { ValueKind: JsonValueKind.Array } hits && hits.GetArrayLength() > 0
            ? new DetectionAlert(id, hits[0].GetProperty("_source")) : throw new ActionFailure(FailureKind.NotFound, $"Elastic has no detection alert '{id}' in this space, or the key may not see it.");
    }

    /// <summary>The product's status of a word of ours.</summary>
    /// <exception cref="ActionFailure">There is no such word.</exception>
    public static string StatusOf(string word) => Statuses.TryGetValue(word, out var status) ? status
        : throw new ActionFailure(FailureKind.Invalid, $"'{word}' is no status of an alert; it takes {string.Join(", ", Statuses.Keys)}.");

    /// <summary>Sets status and assignee, where they differ.</summary>
    /// <param name="alert">As it was read.</param>
    /// <param name="status">The product's; null to leave it.</param>
    /// <param name="assignee">The id of a user's profile; null to leave it.</param>
    /// <param name="context">The step's context; null outside a run.</param>
    /// <param name="cancel">Ends waiting.</param>
    /// <returns>True where something was changed.</returns>
    public async Task<bool> SetAsync(DetectionAlert alert, string? status, string? assignee, ActionContext? context, CancellationToken cancel)
    {
        var (newStatus, newOwner) = (status is not null && status != alert.Status, assignee is not null && !alert.Assignees.Contains(assignee));
        if (newStatus)
        {
            var answer = await kibana.ChangeAsync(Method.Post, "detection_engine/signals/status", new { signal_ids = (string[])[alert.Id], status }, context, cancel);
            if (answer.TryGetProperty("updated", out var updated) && updated.TryGetInt32(out var count) && count == 0)
            {
                throw new ActionFailure(FailureKind.Transient, $"Elastic changed nothing on alert '{alert.Id}': something else was changing it.");
            }
        }

        if (newOwner)
        {
            await kibana.ChangeAsync(Method.Post, "detection_engine/signals/assignees", new { ids = (string[])[alert.Id], assignees = new { add = (string[])[assignee!], remove = Array.Empty<string>() } }, context, cancel);
        }

        return newStatus || newOwner;
    }

    /// <summary>True where a note carries a mark.</summary>
    public async Task<bool> HasNoteAsync(string id, string mark, CancellationToken cancel) =>
        (await kibana.GetAsync("note", cancel, ("documentIds", id))).GetProperty("notes").EnumerateArray()
            .Any(note => note.TryGetProperty("note", out var text) && text.ValueKind == JsonValueKind.String && text.GetString()!.Contains(mark, StringComparison.Ordinal));

    /// <summary>Adds a note; a second call adds a second one.</summary>
    public Task NoteAsync(string id, string text, ActionContext? context, CancellationToken cancel) =>
        kibana.ChangeAsync(Method.Patch, "note", new { note = new { eventId = id, note = text, timelineId = string.Empty } }, context, cancel);
}

/// <summary>An alert as it was read. Its fields are flat (<c>kibana.alert.severity</c>).</summary>
/// <param name="Id">Its id.</param>
/// <param name="Source">The document.</param>
internal sealed record DetectionAlert(string Id, JsonElement Source)
{
    public string Title => Text("kibana.alert.rule.name") ?? Id;

    public string Status => Text("kibana.alert.workflow_status") ?? "open";

    /// <summary>The status in the words of the actions.</summary>
    public string Word => Status switch { "open" => "new", "acknowledged" or "in-progress" => "in_progress", var other => other };

    public string? Severity => Text("kibana.alert.severity");

    public IReadOnlyList<string> Assignees => Source.TryGetProperty("kibana.alert.workflow_assignee_ids", out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(one => one.ToString())] : [];

    private string? Text(string name) => Source.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
