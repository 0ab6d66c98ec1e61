using Responder.Connectors.Defender.Client;
using Responder.Sdk;
using Responder.Sdk.Alerts;
using Responder.Sdk.Edr;

namespace Responder.Connectors.Defender.Actions;

internal sealed class GetDetectionHandler(DefenderAlerts alerts) : IActionHandler<GetDetection, DetectionFound>
{
    public async Task<Outcome<DetectionFound>> RunAsync(GetDetection action, ActionContext context)
    {
        var alert = await alerts.GetAsync(action.Id, context.Cancel);
        var user = alert.RelatedUser is { UserName: { } name } related ? related.DomainName is { Length: > 0 } domain ? $@"{domain}\{name}" : name : null;
        return new DetectionFound(action.Id, alert.Title ?? action.Id, alert.Score, alert.Word, alert.MachineId, user, alert.MitreTechniques ?? [], alert.AlertCreationTime);
    }
}

/// <summary>Status, classification and assignee are the same value again; a comment carries the step's mark and is looked for first. All of it is one call.</summary>
[Recovery(Recover.Repeat)]
internal sealed class UpdateDetectionHandler(DefenderAlerts alerts) : IActionHandler<UpdateDetection, DetectionUpdated>
{
    private static readonly Dictionary<string, (string Status, string? Classification)> Statuses = new(StringComparer.Ordinal)
    {
        ["new"] = ("New", null), ["in_progress"] = ("InProgress", null), ["true_positive"] = ("Resolved", "TruePositive"), ["false_positive"] = ("Resolved", "FalsePositive"), ["closed"] = ("Resolved", null),
    };

    public async Task<Outcome<DetectionUpdated>> RunAsync(UpdateDetection action, ActionContext context)
    {
        if (action.Status is { } word && !Statuses.ContainsKey(word))
        {
            throw new ActionFailure(FailureKind.Invalid, $"'{word}' is no status of a detection; it takes {string.Join(", ", Statuses.Keys)}.");
        }

        var (alert, mark, change) = (await alerts.GetAsync(action.Id, context.Cancel), CommentMark.Of(context.IdempotencyKey), new Dictionary<string, string>());
        if (action.Status is { } status && status != alert.Word)
        {
            change["status"] = Statuses[status].Status;
            if (Statuses[status].Classification is { } classification)
            {
                change["classification"] = classification;
            }
        }

        if (action.Assignee is { } assignee && assignee != alert.AssignedTo)
        {
            change["assignedTo"] = assignee;
        }

        if (action.Comment is { } comment && !alert.HasComment(mark))
        {
            change["comment"] = $"{comment} {mark}";
        }

        if (change.Count == 0)
        {
            return Outcome.AlreadySo(new DetectionUpdated(action.Id, alert.Word));
        }

        await alerts.PatchAsync(action.Id, change, context, CancellationToken.None);
        return new DetectionUpdated(action.Id, action.Status ?? alert.Word);
    }
}
