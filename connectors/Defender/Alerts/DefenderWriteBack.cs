using Responder.Connectors.Defender.Client;
using Responder.Sdk.Alerts;

namespace Responder.Connectors.Defender.Alerts;

/// <summary>Status, classification, assignee and comment in one call; what is there already is left out.</summary>
internal sealed class DefenderWriteBack(DefenderAlerts alerts) : IAlertWriteBack
{
    public IReadOnlyList<string> Sources { get; } = ["defender"];

    public async Task WriteAsync(AlertNews news, CancellationToken cancel)
    {
        var alert = await alerts.GetAsync(news.SourceId, cancel);
        (string Name, string? Wanted, string? Now)[] values =
        [
            ("status", news.Work == AlertWork.Resolved ? "Resolved" : "InProgress", alert.Status),
            ("classification", ClassOf(news.Verdict), alert.Classification),
            ("assignedTo", news.Assignee, alert.AssignedTo),
            ("comment", alert.HasComment(news.Key) ? null : news.Comment, null),
        ];
        var change = values.Where(value => value.Wanted is not null && value.Wanted != value.Now).ToDictionary(value => value.Name, value => value.Wanted!);
        if (change.Count > 0)
        {
            await alerts.PatchAsync(news.SourceId, change, null, cancel);
        }
    }

    private static string? ClassOf(AlertVerdict verdict) => verdict switch
    {
        AlertVerdict.TruePositive => "TruePositive",
        AlertVerdict.FalsePositive => "FalsePositive",
        AlertVerdict.Benign => "InformationalExpectedActivity",
        _ => null,
    };
}
