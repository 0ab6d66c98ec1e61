using System.Text.Json;
using Responder.Connectors.Splunk.Client;
using Responder.Sdk.Alerts;

namespace Responder.Connectors.Splunk.Alerts;

/// <summary>Status, owner and comment of a notable in one call; what is there already is left out. An alert of a saved search is kept nowhere in Splunk, so there is nothing to write to.</summary>
internal sealed class NotableWriteBack(SplunkClient splunk, Notables notables) : IAlertWriteBack
{
    public IReadOnlyList<string> Sources { get; } = ["splunk"];

    public async Task WriteAsync(AlertNews news, CancellationToken cancel)
    {
        if (!IsNotable(news))
        {
            return;
        }

        var wanted = news.Work == AlertWork.Resolved ? "resolved" : "in_progress";
        var now = await notables.ReadAsync(news.SourceId, "news", cancel);
        var status = now.Status == wanted ? null : Notables.NumberOf(wanted);
        var owner = news.Assignee == now.Owner ? null : news.Assignee;
        var comment = await notables.HasCommentAsync(news.SourceId, news.Key, "news", cancel) ? null : news.Comment;
        if (status is not null || owner is not null || comment is not null)
        {
            await splunk.UpdateAsync(news.SourceId, status, owner, comment, null, cancel);
        }
    }

    /// <summary>The mapping takes a notable's own id for the alert's, and makes one for all others.</summary>
    private static bool IsNotable(AlertNews news) =>
        news.Raw.ValueKind == JsonValueKind.Object && news.Raw.TryGetProperty("result", out var result) && result.ValueKind == JsonValueKind.Object
        && result.TryGetProperty("event_id", out var id) && id.ValueKind == JsonValueKind.String && id.GetString() == news.SourceId;
}
