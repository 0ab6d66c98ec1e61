using Responder.Connectors.Elastic.Client;
using Responder.Sdk;
using Responder.Sdk.Alerts;
using Responder.Sdk.Siem;

namespace Responder.Connectors.Elastic.Actions;

internal sealed class GetAlertHandler(DetectionAlerts alerts) : IActionHandler<GetAlert, SiemAlertFound>
{
    public async Task<Outcome<SiemAlertFound>> RunAsync(GetAlert action, ActionContext context)
    {
        var alert = await alerts.GetAsync(action.Id, context.Cancel);
        return new SiemAlertFound(action.Id, alert.Title, alert.Word, alert.Assignees is [var first, ..] ? first : null, alert.Severity);
    }
}

/// <summary>Status and assignee are the same value again; a note carries the step's mark and is looked for first.</summary>
[Recovery(Recover.Repeat)]
internal sealed class UpdateAlertHandler(DetectionAlerts alerts) : IActionHandler<UpdateAlert, SiemAlertChanged>
{
    public async Task<Outcome<SiemAlertChanged>> RunAsync(UpdateAlert action, ActionContext context)
    {
        var status = action.Status is { } word ? DetectionAlerts.StatusOf(word) : null;
        var (alert, mark) = (await alerts.GetAsync(action.Id, context.Cancel), CommentMark.Of(context.IdempotencyKey));
        var changed = await alerts.SetAsync(alert, status, action.Owner, context, context.Cancel);
        if (action.Comment is { } comment && !await alerts.HasNoteAsync(action.Id, mark, context.Cancel))
        {
            await alerts.NoteAsync(action.Id, $"{comment} {mark}", context, context.Cancel);
            changed = true;
        }

        var answer = new SiemAlertChanged(action.Id, status is null ? alert.Word : action.Status == "resolved" ? "closed" : action.Status);
        return changed ? answer : Outcome.AlreadySo(answer);
    }
}

[Recovery(Recover.Probe)]
internal sealed class CommentAlertHandler(DetectionAlerts alerts) : IActionHandler<CommentAlert, SiemAlertChanged>, IProbe<CommentAlert, SiemAlertChanged>
{
    public async Task<Outcome<SiemAlertChanged>> RunAsync(CommentAlert action, ActionContext context)
    {
        var alert = await alerts.GetAsync(action.Id, context.Cancel);
        await alerts.NoteAsync(action.Id, $"{action.Comment} {CommentMark.Of(context.IdempotencyKey)}", context, context.Cancel);
        return new SiemAlertChanged(action.Id, alert.Word);
    }

    public async Task<ProbeAnswer<SiemAlertChanged>> ProbeAsync(Intent<CommentAlert> intent, ActionContext context) =>
        await alerts.HasNoteAsync(intent.Action.Id, CommentMark.Of(intent.Key), context.Cancel)
            ? ProbeAnswer.Happened(new SiemAlertChanged(intent.Action.Id, null), "A note carries this step's mark.")
            : ProbeAnswer.NotHappened<SiemAlertChanged>("No note carries this step's mark.");
}
