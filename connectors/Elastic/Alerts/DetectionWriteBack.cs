using Responder.Connectors.Elastic.Client;
using Responder.Sdk.Alerts;

namespace Responder.Connectors.Elastic.Alerts;

/// <summary>Status, assignee and a note; what is there already is left out.</summary>
internal sealed class DetectionWriteBack(DetectionAlerts alerts) : IAlertWriteBack
{
    public IReadOnlyList<string> Sources { get; } = ["elastic"];

    public async Task WriteAsync(AlertNews news, CancellationToken cancel)
    {
        var alert = await alerts.GetAsync(news.SourceId, cancel);
        await alerts.SetAsync(alert, news.Work == AlertWork.Resolved ? "closed" : "acknowledged", news.Assignee, null, cancel);
        if (!await alerts.HasNoteAsync(news.SourceId, news.Key, cancel))
        {
            await alerts.NoteAsync(news.SourceId, news.Comment, null, cancel);
        }
    }
}
