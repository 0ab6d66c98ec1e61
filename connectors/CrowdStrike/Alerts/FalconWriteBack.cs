using Responder.Connectors.CrowdStrike.Falcon;
using Responder.Sdk.Alerts;

namespace Responder.Connectors.CrowdStrike.Alerts;

/// <summary>Status, resolution, assignee and comment in one call; what is there already is left out.</summary>
internal sealed class FalconWriteBack(FalconAlerts alerts) : IAlertWriteBack
{
    public IReadOnlyList<string> Sources { get; } = ["crowdstrike"];

    public async Task WriteAsync(AlertNews news, CancellationToken cancel)
    {
        var alert = await alerts.GetAsync(news.SourceId, cancel);
        var changes = FalconAlerts.Changes(alert, WordOf(news), news.Assignee, alert.HasComment(news.Key) ? null : news.Comment).ToList();
        if (changes.Count > 0)
        {
            await alerts.UpdateAsync(news.SourceId, changes, null, cancel);
        }
    }

    /// <summary>Falcon's own resolutions have none for what happened and was meant; <c>ignored</c> is what its console calls that.</summary>
    private static string WordOf(AlertNews news) => (news.Work, news.Verdict) switch
    {
        (AlertWork.InProgress, _) => "in_progress",
        (_, AlertVerdict.TruePositive) => "true_positive",
        (_, AlertVerdict.FalsePositive) => "false_positive",
        (_, AlertVerdict.Benign) => "ignored",
        _ => "closed",
    };
}
