using System.Globalization;
using Responder.Sdk;
using Responder.Sdk.Chat;
using Responder.Sdk.Estate;
using Responder.Sdk.Tickets;

namespace Responder.Connectors.Mock.Actions.Tickets;

/// <summary>A second call opens a second ticket, as Jira does; what saves us is the probe, by label and property.</summary>
[Recovery(Recover.Probe)]
internal sealed class CreateTicketHandler(MockEstate estate)
    : IActionHandler<CreateTicket, TicketCreated>, IReadsBefore<CreateTicket>, IProbe<CreateTicket, TicketCreated>
{
    public TimeSpan Settle => estate.Read(company => company.Settle);

    public async Task<Outcome<TicketCreated>> RunAsync(CreateTicket action, ActionContext context)
    {
        estate.Read(company => Made(company, action, context.IdempotencyKey));
        await context.ConfirmMayActAsync();
        var done = estate.Do(EffectBy.Step("tickets.create", action.Project, context), company => Made(company, action, context.IdempotencyKey))!;
        return Result(((TicketOpened)done.Change!).Key);
    }

    public Task<Before> BeforeAsync(CreateTicket action, ActionContext context) => Task.FromResult(estate.Read(company =>
    {
        var newest = company.Tickets.Project(action.Project).Next - 1;
        return new Before(true, $"the newest is {action.Project}-{newest}", new Dictionary<string, string> { ["newest"] = newest.ToString(CultureInfo.InvariantCulture) });
    }));

    public Task<ProbeAnswer<TicketCreated>> ProbeAsync(Intent<CreateTicket> intent, ActionContext context)
    {
        var after = intent.Before?.Marks?.TryGetValue("newest", out var newest) == true ? int.Parse(newest, CultureInfo.InvariantCulture) : 0;
        var found = estate.Read(company => company.Tickets.Issues.Values.FirstOrDefault(ticket =>
            string.Equals(ticket.Project, intent.Action.Project, StringComparison.OrdinalIgnoreCase)
            && ticket.Number > after
            && ticket.Properties.GetValueOrDefault(TicketView.KeyProperty) == intent.Key)?.Key);
        return Task.FromResult(found is null
            ? ProbeAnswer.NotHappened<TicketCreated>($"No ticket after {intent.Action.Project}-{after} carries this step's key.")
            : ProbeAnswer.Happened(Result(found), $"{found} carries this step's key."));
    }

    private TicketCreated Result(string key) => new(key, estate.Read(company => TicketView.Url(company, key)));

    private static TicketOpened Made(Company company, CreateTicket action, string key)
    {
        var project = company.Tickets.Project(action.Project);
        var summary = action.Summary.ReplaceLineEndings(" ").Trim();
        if (summary.Length == 0)
        {
            throw new ActionFailure(FailureKind.Invalid, "'summary' is empty; a ticket needs a title.");
        }

        if (action.Parent is not null)
        {
            company.Tickets.Ticket(action.Parent);
        }

        return new TicketOpened(
            string.Create(CultureInfo.InvariantCulture, $"{project.Key}-{project.Next}"),
            project.Known("issue type", project.Types, action.Type),
            summary.Length <= 255 ? summary : summary[..254] + "…",
            project.Statuses.Keys.First(),
            action.Description is null ? null : TicketView.Fit(company, MarkdownText.Render(action.Description)).Body,
            action.Priority is null ? null : project.Known("priority", project.Priorities, action.Priority),
            [.. (action.Labels ?? []).Select(TicketView.Label).Where(label => label.Length > 0).Append(TicketView.LabelOf(key)).Distinct(StringComparer.Ordinal)],
            [.. (action.Components ?? []).Select(component => project.Known("component", project.Components, component))],
            action.Assignee,
            action.Parent,
            action.Fields,
            new Dictionary<string, string> { [TicketView.KeyProperty] = key });
    }
}
