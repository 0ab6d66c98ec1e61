using System.Globalization;
using Responder.Sdk;
using Responder.Sdk.Estate;
using Responder.Sdk.Tickets;

namespace Responder.Connectors.Mock.Actions.Tickets;

/// <summary>A ticket moves to another status: by name or category, along the transitions that it offers.</summary>
/// <param name="Key">The ticket's key.</param>
/// <param name="Wanted">The status's name or category.</param>
/// <param name="Resolution">Set with it.</param>
/// <param name="Comment">Added with it, Markdown.</param>
/// <param name="Labels">Added with it.</param>
internal sealed record Move(string Key, string Wanted, string? Resolution, string? Comment, IReadOnlyList<string>? Labels)
{
    public async Task<Outcome<TicketChanged>> MakeAsync(MockEstate estate, string action, ActionContext context)
    {
        EstateEffect? done = null;
        if (estate.Read(company => Change(company, context.IdempotencyKey)) is { } change)
        {
            await context.ConfirmMayActAsync();
            done = estate.Do(EffectBy.Step(action, change.Key, context), company => Change(company, context.IdempotencyKey));
        }

        var ticket = estate.Read(company => company.Tickets.Ticket(Key) is var now ? (now.Key, now.Status, now.Resolution) : default);
        var moved = done?.Change is TicketEdited { Status: not null };
        var changed = new TicketChanged(
            ticket.Key, ticket.Status,
            moved ? null : Resolution is not null && ticket.Resolution != Resolution ? $"was closed already as '{ticket.Resolution}'" : "was there already");
        return done is null ? Outcome.AlreadySo(changed) : changed;
    }

    public Before Before(MockEstate estate) => estate.Read(company =>
    {
        var ticket = company.Tickets.Ticket(Key);
        return new Before(!IsThere(company, ticket), ticket.Status, new Dictionary<string, string> { ["status"] = ticket.Status });
    });

    public ProbeAnswer<TicketChanged> Probe(MockEstate estate, Before? before) => estate.Read(company =>
    {
        var ticket = company.Tickets.Ticket(Key);
        return IsThere(company, ticket)
            ? ProbeAnswer.Happened(new TicketChanged(ticket.Key, ticket.Status), $"{ticket.Key} is in {ticket.Status}.")
            : before?.Marks?.GetValueOrDefault("status") is not { } was
                ? ProbeAnswer.CannotTell<TicketChanged>($"{ticket.Key} is in {ticket.Status}; what it was in before is not known.")
                : was == ticket.Status
                    ? ProbeAnswer.NotHappened<TicketChanged>($"{ticket.Key} is in {ticket.Status}, as before.")
                    : ProbeAnswer.Happened(new TicketChanged(ticket.Key, ticket.Status, "moved on by someone"), $"{ticket.Key} was in {was} and is in {ticket.Status}: moved on by someone.");
    });

    private TicketEdited? Change(Company company, string stepKey)
    {
        var ticket = company.Tickets.Ticket(Key);
        var project = company.Tickets.Project(ticket.Project);
        var resolution = Resolution is null ? null : project.Known("resolution", project.Resolutions, Resolution);
        var status = IsThere(company, ticket) ? null : Target(project, ticket);
        var (body, whole) = Comment is null || ticket.Comments.Any(comment => comment.Key == stepKey) ? (null, null) : TicketView.Fit(company, Comment);
        return status is null && body is null
            ? null
            : new TicketEdited(
                ticket.Key, Status: status, Resolution: status is null ? null : resolution, AddLabels: [.. (Labels ?? []).Select(TicketView.Label)],
                CommentId: body is null ? null : company.Tickets.NextId.ToString(CultureInfo.InvariantCulture), Comment: body, Attach: whole);
    }

    private bool IsThere(Company company, Ticket ticket) =>
        string.Equals(ticket.Status, Wanted, StringComparison.OrdinalIgnoreCase) || company.Tickets.Project(ticket.Project).CategoryOf(ticket.Status) == Wanted;

    private string Target(TicketProject project, Ticket ticket)
    {
        var offered = project.Statuses.GetValueOrDefault(ticket.Status)?.To ?? [];
        return offered.FirstOrDefault(status => string.Equals(status, Wanted, StringComparison.OrdinalIgnoreCase))
            ?? offered.FirstOrDefault(status => project.CategoryOf(status) == Wanted)
            ?? throw new ActionFailure(
                project.Statuses.ContainsKey(Wanted) || project.Statuses.Values.Any(status => status.Category == Wanted) ? FailureKind.Conflict : FailureKind.Invalid,
                $"{ticket.Key} is in {ticket.Status} and can't go to '{Wanted}' from there. It can go to: {string.Join(", ", offered)}.");
    }
}
