using Responder.Sdk;
using Responder.Sdk.Edr;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Mock.Actions.Edr;

/// <summary>Status and assignee are the same value again; a comment is looked for by the step's key first.</summary>
[Recovery(Recover.Repeat)]
internal sealed class UpdateDetectionHandler(MockEstate estate) : IActionHandler<UpdateDetection, DetectionUpdated>
{
    private static readonly string[] Statuses = ["new", "in_progress", "true_positive", "false_positive", "closed"];

    public async Task<Outcome<DetectionUpdated>> RunAsync(UpdateDetection action, ActionContext context)
    {
        if (action.Status is { } status && !Statuses.Contains(status))
        {
            throw new ActionFailure(FailureKind.Invalid, $"'{status}' is no status of a detection; it takes {string.Join(", ", Statuses)}.");
        }

        EstateEffect? done = null;
        if (estate.Read(company => Change(company, action, context.IdempotencyKey)) is not null)
        {
            await context.ConfirmMayActAsync();
            done = estate.Do(EffectBy.Step("edr.update_detection", action.Id, context), company => Change(company, action, context.IdempotencyKey));
        }

        var updated = estate.Read(company => new DetectionUpdated(action.Id, GetDetectionHandler.Of(company, action.Id).Status));
        return done is null ? Outcome.AlreadySo(updated) : updated;
    }

    private static DetectionChanged? Change(Company company, UpdateDetection action, string key)
    {
        var detection = GetDetectionHandler.Of(company, action.Id);
        var status = action.Status == detection.Status ? null : action.Status;
        var assignee = action.Assignee == detection.Assignee ? null : action.Assignee;
        var comment = detection.Comments.Any(comment => comment.Key == key) ? null : action.Comment;
        return status is null && assignee is null && comment is null ? null : new DetectionChanged(action.Id, status, assignee, comment);
    }
}
