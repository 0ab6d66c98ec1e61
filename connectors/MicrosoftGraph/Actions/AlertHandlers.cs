using Microsoft.Graph.Models.Security;
using Responder.Connectors.MicrosoftGraph.Client;
using Responder.Sdk;
using Responder.Sdk.Alerts;
using Responder.Sdk.Siem;

namespace Responder.Connectors.MicrosoftGraph.Actions;

internal sealed class GetAlertHandler(GraphAlerts alerts) : IActionHandler<GetAlert, SiemAlertFound>
{
    public async Task<Outcome<SiemAlertFound>> RunAsync(GetAlert action, ActionContext context)
    {
        var alert = await alerts.GetAsync(action.Id, context.Cancel);
        return new SiemAlertFound(action.Id, alert.Title ?? action.Id, GraphAlerts.WordOf(alert.Status), alert.AssignedTo, alert.Severity?.ToString().ToLowerInvariant());
    }
}

/// <summary>Status and owner are the same value again; a comment carries the step's mark and is looked for first.</summary>
[Recovery(Recover.Repeat)]
internal sealed class UpdateAlertHandler(GraphAlerts alerts) : IActionHandler<UpdateAlert, SiemAlertChanged>
{
    public async Task<Outcome<SiemAlertChanged>> RunAsync(UpdateAlert action, ActionContext context)
    {
        var wanted = action.Status is { } word ? GraphAlerts.StatusOf(word) : (AlertStatus?)null;
        var (alert, mark) = (await alerts.GetAsync(action.Id, context.Cancel), CommentMark.Of(context.IdempotencyKey));
        var change = new Alert();
        var (status, owner) = (wanted is not null && wanted != alert.Status, action.Owner is not null && action.Owner != alert.AssignedTo);
        if (status)
        {
            change.Status = wanted;
        }

        if (owner)
        {
            change.AssignedTo = action.Owner;
        }

        if (status || owner)
        {
            await alerts.PatchAsync(action.Id, change, context, CancellationToken.None);
        }

        var comment = action.Comment is not null && !GraphAlerts.HasComment(alert, mark);
        if (comment)
        {
            await alerts.CommentAsync(action.Id, $"{action.Comment} {mark}", context, CancellationToken.None);
        }

        var answer = new SiemAlertChanged(action.Id, GraphAlerts.WordOf(wanted ?? alert.Status));
        return status || owner || comment ? answer : Outcome.AlreadySo(answer);
    }
}

[Recovery(Recover.Probe)]
internal sealed class CommentAlertHandler(GraphAlerts alerts) : IActionHandler<CommentAlert, SiemAlertChanged>, IProbe<CommentAlert, SiemAlertChanged>
{
    public async Task<Outcome<SiemAlertChanged>> RunAsync(CommentAlert action, ActionContext context)
    {
        var alert = await alerts.GetAsync(action.Id, context.Cancel);
        await alerts.CommentAsync(action.Id, $"{action.Comment} {CommentMark.Of(context.IdempotencyKey)}", context, CancellationToken.None);
        return new SiemAlertChanged(action.Id, GraphAlerts.WordOf(alert.Status));
    }

    public async Task<ProbeAnswer<SiemAlertChanged>> ProbeAsync(Intent<CommentAlert> intent, ActionContext context)
    {
        var alert = await alerts.GetAsync(intent.Action.Id, context.Cancel);
        return GraphAlerts.HasComment(alert, CommentMark.Of(intent.Key))
            ? ProbeAnswer.Happened(new SiemAlertChanged(intent.Action.Id, GraphAlerts.WordOf(alert.Status)), "A comment carries this step's mark.")
            : ProbeAnswer.NotHappened<SiemAlertChanged>("No comment carries this step's mark.");
    }
}
