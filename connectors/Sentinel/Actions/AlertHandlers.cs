using Responder.Connectors.Sentinel.Client;
using Responder.Sdk;
using Responder.Sdk.Alerts;
using Responder.Sdk.Siem;

namespace Responder.Connectors.Sentinel.Actions;

internal sealed class GetAlertHandler(Incidents incidents) : IActionHandler<GetAlert, SiemAlertFound>
{
    public async Task<Outcome<SiemAlertFound>> RunAsync(GetAlert action, ActionContext context)
    {
        var incident = await incidents.GetAsync(action.Id, context.Cancel);
        return new SiemAlertFound(action.Id, incident.Title, incident.Word, incident.Owner, incident.Severity);
    }
}

/// <summary>Status and owner are the same value again; a comment goes under an id that the step's key makes.</summary>
[Recovery(Recover.Repeat)]
internal sealed class UpdateAlertHandler(Incidents incidents) : IActionHandler<UpdateAlert, SiemAlertChanged>
{
    public async Task<Outcome<SiemAlertChanged>> RunAsync(UpdateAlert action, ActionContext context)
    {
        var status = action.Status is { } word ? Incidents.StatusOf(word) : null;
        var incident = await incidents.GetAsync(action.Id, context.Cancel);
        var changed = await incidents.SetAsync(incident, status, action.Owner, AlertVerdict.None, context, context.Cancel);
        if (action.Comment is { } comment && !await incidents.HasCommentAsync(action.Id, context.IdempotencyKey, context.Cancel))
        {
            await incidents.CommentAsync(action.Id, context.IdempotencyKey, comment, context, context.Cancel);
            changed = true;
        }

        var answer = new SiemAlertChanged(action.Id, status is null ? incident.Word : action.Status == "resolved" ? "closed" : action.Status);
        return changed ? answer : Outcome.AlreadySo(answer);
    }
}

/// <summary>The comment's id is the step's: put a second time it is the same comment. It is looked for all the same, so that a repeat is told as one.</summary>
[Recovery(Recover.Probe)]
internal sealed class CommentAlertHandler(Incidents incidents) : IActionHandler<CommentAlert, SiemAlertChanged>, IProbe<CommentAlert, SiemAlertChanged>
{
    public async Task<Outcome<SiemAlertChanged>> RunAsync(CommentAlert action, ActionContext context)
    {
        var incident = await incidents.GetAsync(action.Id, context.Cancel);
        await incidents.CommentAsync(action.Id, context.IdempotencyKey, action.Comment, context, context.Cancel);
        return new SiemAlertChanged(action.Id, incident.Word);
    }

    public async Task<ProbeAnswer<SiemAlertChanged>> ProbeAsync(Intent<CommentAlert> intent, ActionContext context) =>
        await incidents.HasCommentAsync(intent.Action.Id, intent.Key, context.Cancel)
            ? ProbeAnswer.Happened(new SiemAlertChanged(intent.Action.Id, null), "The comment of this step's id is there.")
            : ProbeAnswer.NotHappened<SiemAlertChanged>("There is no comment of this step's id.");
}
