using System.Text.Json;
using Responder.Sdk;
using Responder.Sdk.Siem;

namespace Responder.Connectors.Splunk.Client;

/// <summary>Notables, which have no read of their own: they are searched for. Comments are appended each time, so each carries its step's mark.</summary>
internal sealed class Notables(SplunkClient splunk)
{
    /// <summary>The words of the actions, by Splunk's numbers.</summary>
    private static readonly Dictionary<string, string> Statuses = new() { ["new"] = "1", ["in_progress"] = "2", ["pending"] = "3", ["resolved"] = "4", ["closed"] = "5" };

    public static string NumberOf(string status) => Statuses.TryGetValue(status, out var number)
        ? number : throw new ActionFailure(FailureKind.Invalid, $"'{status}' is no status of an alert; it takes {string.Join(", ", Statuses.Keys)}.");

    /// <summary>What stands at the end of a step's comment.</summary>
    public static string MarkOf(string key) => $"[responder:{key[..16]}]";

    /// <summary>A notable as it is.</summary>
    /// <param name="id">Its <c>event_id</c>.</param>
    /// <param name="by">Who looks, for the search job's id: letters and digits.</param>
    /// <param name="cancel">Ends waiting.</param>
    public async Task<SiemAlertFound> ReadAsync(string id, string by, CancellationToken cancel)
    {
        var rows = await splunk.SearchAsync($"search `notable` | search event_id={Spl.Quote(id, false)} | head 1", Sid(by, "n"), null, null, 1, cancel);
        if (rows is not [var row, ..])
        {
            throw new ActionFailure(FailureKind.NotFound, $"Splunk has no notable '{id}', or the token may not see it.");
        }

        var status = Text(row, "status");
        return new SiemAlertFound(
            id, Text(row, "rule_title") ?? Text(row, "search_name") ?? id, Statuses.FirstOrDefault(one => one.Value == status).Key ?? Text(row, "status_label") ?? status ?? "unassigned",
            Text(row, "owner") is { } owner && owner != "unassigned" ? owner : null, Text(row, "urgency"));
    }

    /// <summary>True where one of the newest 50 comments carries a mark.</summary>
    public async Task<bool> HasCommentAsync(string id, string mark, string by, CancellationToken cancel)
    {
        var rows = await splunk.SearchAsync(
            $"| inputlookup incident_review_lookup where rule_id={Spl.Quote(id, false, "where")} | sort - time | head 50 | fields comment", Sid(by, "c"), null, null, 50, cancel);
        return rows.Any(row => Text(row, "comment")?.Contains(mark, StringComparison.Ordinal) == true);
    }

    /// <summary>A job's id: who looks, and new for each look.</summary>
    private static string Sid(string by, string what) => $"responder_{by}_{what}{Guid.NewGuid():N}";

    private static string? Text(JsonElement row, string name) => row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
