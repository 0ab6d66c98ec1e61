using Responder.Sdk;
using Responder.Sdk.Estate;
using Responder.Sdk.Siem;

namespace Responder.Connectors.Mock.Actions.Siem;

internal sealed class SearchEventsHandler(MockEstate estate) : IActionHandler<SearchEvents, EventsFound>
{
    public Task<Outcome<EventsFound>> RunAsync(SearchEvents action, ActionContext context)
    {
        var query = Spl.Render(action.Query);

        // What the estate has for later has not happened yet.
        var now = context.Time.GetUtcNow();
        var answer = estate.Read(company => EventSearch.Run(company, query, action.Earliest, action.Latest is { } latest && latest < now ? latest : now));
        return Task.FromResult<Outcome<EventsFound>>(new EventsFound(answer.Count, [.. answer.Rows.Take(action.Limit)]));
    }
}

internal sealed class GetAlertHandler(MockEstate estate) : IActionHandler<GetAlert, SiemAlertFound>
{
    public Task<Outcome<SiemAlertFound>> RunAsync(GetAlert action, ActionContext context) => Task.FromResult<Outcome<SiemAlertFound>>(
        estate.Read(company =>
        {
            var alert = company.Siem.Alert(action.Id);
            return new SiemAlertFound(action.Id, alert.Title, alert.Status, alert.Owner, alert.Severity);
        }));
}

/// <summary>Status and owner are the same value again; a comment is looked for by the step's key first.</summary>
[Recovery(Recover.Repeat)]
internal sealed class UpdateAlertHandler(MockEstate estate) : IActionHandler<UpdateAlert, SiemAlertChanged>
{
    private static readonly string[] Statuses = ["new", "in_progress", "resolved", "closed"];

    public async Task<Outcome<SiemAlertChanged>> RunAsync(UpdateAlert action, ActionContext context)
    {
        if (action.Status is { } status && !Statuses.Contains(status))
        {
            throw new ActionFailure(FailureKind.Invalid, $"'{status}' is no status of an alert; it takes {string.Join(", ", Statuses)}.");
        }

        EstateEffect? done = null;
        if (estate.Read(company => Change(company, action, context.IdempotencyKey)) is not null)
        {
            await context.ConfirmMayActAsync();
            done = estate.Do(EffectBy.Step("siem.update_alert", action.Id, context), company => Change(company, action, context.IdempotencyKey));
        }

        var changed = estate.Read(company => new SiemAlertChanged(action.Id, company.Siem.Alert(action.Id).Status));
        return done is null ? Outcome.AlreadySo(changed) : changed;
    }

    private static AlertChanged? Change(Company company, UpdateAlert action, string key)
    {
        var alert = company.Siem.Alert(action.Id);
        var status = action.Status == alert.Status ? null : action.Status;
        var owner = action.Owner == alert.Owner ? null : action.Owner;
        var comment = alert.Comments.Any(comment => comment.Key == key) ? null : action.Comment;
        return status is null && owner is null && comment is null ? null : new AlertChanged(action.Id, status, owner, comment);
    }
}

[Recovery(Recover.Probe)]
internal sealed class CommentAlertHandler(MockEstate estate) : IActionHandler<CommentAlert, SiemAlertChanged>, IProbe<CommentAlert, SiemAlertChanged>
{
    public TimeSpan Settle => estate.Read(company => company.Settle);

    public async Task<Outcome<SiemAlertChanged>> RunAsync(CommentAlert action, ActionContext context)
    {
        estate.Read(company => company.Siem.Alert(action.Id));
        await context.ConfirmMayActAsync();
        estate.Do(EffectBy.Step("siem.comment_alert", action.Id, context), _ => new AlertChanged(action.Id, Comment: action.Comment));
        return estate.Read(company => new SiemAlertChanged(action.Id, company.Siem.Alert(action.Id).Status));
    }

    public Task<ProbeAnswer<SiemAlertChanged>> ProbeAsync(Intent<CommentAlert> intent, ActionContext context) => Task.FromResult(estate.Read(company =>
    {
        var alert = company.Siem.Alert(intent.Action.Id);
        return alert.Comments.TakeLast(50).Any(comment => comment.Key == intent.Key)
            ? ProbeAnswer.Happened(new SiemAlertChanged(intent.Action.Id, alert.Status), "A comment carries this step's key.")
            : ProbeAnswer.NotHappened<SiemAlertChanged>("None of the newest 50 comments carries this step's key.");
    }));
}
