using Microsoft.Graph.Models.Security;
using Responder.Connectors.MicrosoftGraph.Client;
using Responder.Sdk.Alerts;

namespace Responder.Connectors.MicrosoftGraph.Alerts;

/// <summary>Status, classification and assignee are set again to what they are; a comment is looked for by its key.</summary>
internal sealed class GraphWriteBack(GraphAlerts alerts) : IAlertWriteBack
{
    public IReadOnlyList<string> Sources { get; } = ["graph"];

    public async Task WriteAsync(AlertNews news, CancellationToken cancel)
    {
        var alert = await alerts.GetAsync(news.SourceId, cancel);
        var (status, classification) = (news.Work == AlertWork.Resolved ? AlertStatus.Resolved : AlertStatus.InProgress, ClassOf(news.Verdict));
        if (alert.Status != status || (classification is not null && alert.Classification != classification) || (news.Assignee is not null && alert.AssignedTo != news.Assignee))
        {
            var change = new Alert { Status = status };
            if (classification is not null)
            {
                change.Classification = classification;
            }

            if (news.Assignee is not null)
            {
                change.AssignedTo = news.Assignee;
            }

            await alerts.PatchAsync(news.SourceId, change, null, cancel);
        }

        if (!GraphAlerts.HasComment(alert, news.Key))
        {
            await alerts.CommentAsync(news.SourceId, news.Comment, null, cancel);
        }
    }

    private static AlertClassification? ClassOf(AlertVerdict verdict) => verdict switch
    {
        AlertVerdict.TruePositive => AlertClassification.TruePositive,
        AlertVerdict.FalsePositive => AlertClassification.FalsePositive,
        AlertVerdict.Benign => AlertClassification.InformationalExpectedActivity,
        _ => null,
    };
}
