using Responder.Sdk.Alerts;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Mock.Alerts;

/// <summary>Sets status and owner of the SIEM's alert, and comments once for a key.</summary>
internal sealed class MockWriteBack(MockEstate estate) : IAlertWriteBack
{
    public IReadOnlyList<string> Sources { get; } = ["generic"];

    public Task WriteAsync(AlertNews news, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(news);
        estate.Do(new EffectBy("siem.update_alert", news.SourceId, news.Key), company =>
        {
            var alert = company.Siem.Alert(news.SourceId);
            var wanted = news.Work == AlertWork.Resolved ? "resolved" : "in_progress";
            var status = alert.Status == wanted ? null : wanted;
            var owner = news.Assignee == alert.Owner ? null : news.Assignee;
            var comment = alert.Comments.Any(one => one.Key == news.Key) ? null : news.Comment;
            return status is null && owner is null && comment is null ? null : new AlertChanged(news.SourceId, status, owner, comment);
        });
        return Task.CompletedTask;
    }
}
