using Responder.Connectors.Splunk.Client;
using Responder.Sdk;
using Responder.Sdk.Siem;

namespace Responder.Connectors.Splunk.Actions;

internal sealed class GetAlertHandler(Notables notables) : IActionHandler<GetAlert, SiemAlertFound>
{
    public async Task<Outcome<SiemAlertFound>> RunAsync(GetAlert action, ActionContext context) => await notables.ReadAsync(action.Id, context.IdempotencyKey[..20], context.Cancel);
}

/// <summary>Status and owner are the same value again; a comment is looked for by its mark before it is put a second time.</summary>
[Recovery(Recover.Repeat)]
internal sealed class UpdateAlertHandler(SplunkClient splunk, Notables notables) : IActionHandler<UpdateAlert, SiemAlertChanged>
{
    public async Task<Outcome<SiemAlertChanged>> RunAsync(UpdateAlert action, ActionContext context)
    {
        var number = action.Status is null ? null : Notables.NumberOf(action.Status);
        var now = await notables.ReadAsync(action.Id, context.IdempotencyKey[..20], context.Cancel);
        var comment = action.Comment is null || (context.Attempt > 1 && await notables.HasCommentAsync(action.Id, Notables.MarkOf(context.IdempotencyKey), context.IdempotencyKey[..20], context.Cancel))
            ? null : $"{action.Comment} {Notables.MarkOf(context.IdempotencyKey)}";
        var (status, owner) = (action.Status == now.Status ? null : number, action.Owner == now.Owner ? null : action.Owner);
        if (status is null && owner is null && comment is null)
        {
            return Outcome.AlreadySo(new SiemAlertChanged(action.Id, now.Status));
        }

        await splunk.UpdateAsync(action.Id, status, owner, comment, context, context.Cancel);
        return new SiemAlertChanged(action.Id, action.Status ?? now.Status);
    }
}

[Recovery(Recover.Probe)]
internal sealed class CommentAlertHandler(SplunkClient splunk, Notables notables) : IActionHandler<CommentAlert, SiemAlertChanged>, IProbe<CommentAlert, SiemAlertChanged>
{
    public async Task<Outcome<SiemAlertChanged>> RunAsync(CommentAlert action, ActionContext context)
    {
        var now = await notables.ReadAsync(action.Id, context.IdempotencyKey[..20], context.Cancel);
        await splunk.UpdateAsync(action.Id, null, null, $"{action.Comment} {Notables.MarkOf(context.IdempotencyKey)}", context, context.Cancel);
        return new SiemAlertChanged(action.Id, now.Status);
    }

    public async Task<ProbeAnswer<SiemAlertChanged>> ProbeAsync(Intent<CommentAlert> intent, ActionContext context) =>
        await notables.HasCommentAsync(intent.Action.Id, Notables.MarkOf(intent.Key), context.IdempotencyKey[..20], context.Cancel)
            ? ProbeAnswer.Happened(new SiemAlertChanged(intent.Action.Id, null), "A comment carries this step's mark.")
            : ProbeAnswer.NotHappened<SiemAlertChanged>("None of the newest 50 comments carries this step's mark.");
}
