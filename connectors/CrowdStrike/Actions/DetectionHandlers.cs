using Responder.Connectors.CrowdStrike.Falcon;
using Responder.Sdk;
using Responder.Sdk.Alerts;
using Responder.Sdk.Edr;

namespace Responder.Connectors.CrowdStrike.Actions;

internal sealed class GetDetectionHandler(FalconAlerts alerts) : IActionHandler<GetDetection, DetectionFound>
{
    public async Task<Outcome<DetectionFound>> RunAsync(GetDetection action, ActionContext context)
    {
        var alert = await alerts.GetAsync(action.Id, context.Cancel);
        return new DetectionFound(action.Id, alert.DisplayName ?? alert.Name ?? action.Id, alert.Severity ?? 0, alert.Word, alert.AgentId, alert.UserName, alert.Techniques, alert.CreatedTimestamp);
    }
}

/// <summary>Status, assignee and tag are the same value again; a comment carries the step's mark and is looked for first.</summary>
[Recovery(Recover.Repeat)]
internal sealed class UpdateDetectionHandler(FalconAlerts alerts) : IActionHandler<UpdateDetection, DetectionUpdated>
{
    private static readonly string[] Statuses = ["new", "in_progress", "true_positive", "false_positive", "closed"];

    public async Task<Outcome<DetectionUpdated>> RunAsync(UpdateDetection action, ActionContext context)
    {
        if (action.Status is { } status && !Statuses.Contains(status))
        {
            throw new ActionFailure(FailureKind.Invalid, $"'{status}' is no status of a detection; it takes {string.Join(", ", Statuses)}.");
        }

        var alert = await alerts.GetAsync(action.Id, context.Cancel);
        var mark = CommentMark.Of(context.IdempotencyKey);
        var comment = action.Comment is null || alert.HasComment(mark) ? null : $"{action.Comment} {mark}";
        var changes = FalconAlerts.Changes(alert, action.Status, action.Assignee, comment).ToList();
        if (changes.Count == 0)
        {
            return Outcome.AlreadySo(new DetectionUpdated(action.Id, alert.Word));
        }

        await alerts.UpdateAsync(action.Id, changes, context, context.Cancel);
        return new DetectionUpdated(action.Id, (await alerts.GetAsync(action.Id, CancellationToken.None)).Word);
    }
}
