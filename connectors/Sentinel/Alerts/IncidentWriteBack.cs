using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Responder.Connectors.Sentinel.Client;
using Responder.Sdk.Alerts;

namespace Responder.Connectors.Sentinel.Alerts;

/// <summary>Status, classification, owner and comment of an incident. An alert that came as a row of <c>SecurityAlert</c> is no incident, and can't be written to.</summary>
internal sealed class IncidentWriteBack(Incidents incidents) : IAlertWriteBack
{
    public IReadOnlyList<string> Sources { get; } = ["sentinel"];

    public async Task WriteAsync(AlertNews news, CancellationToken cancel)
    {
        if (news.Raw.ValueKind == JsonValueKind.Object && news.Raw.TryGetProperty("SystemAlertId", out _))
        {
            return;
        }

        var incident = await incidents.GetAsync(news.SourceId, cancel);
        await incidents.SetAsync(incident, news.Work == AlertWork.Resolved ? "Closed" : "Active", news.Assignee, news.Verdict, null, cancel);
        var mark = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(news.Key)));
        if (!await incidents.HasCommentAsync(news.SourceId, mark, cancel))
        {
            await incidents.CommentAsync(news.SourceId, mark, news.Comment, null, cancel);
        }
    }
}
