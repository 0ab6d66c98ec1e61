using System.Text.Json;

namespace Responder.Sdk.Estate;

/// <summary>A ticket was opened. Its key is the project's next number.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Type">Its issue type.</param>
/// <param name="Summary">Its title.</param>
/// <param name="Status">The project's first status.</param>
/// <param name="Description">Its text.</param>
/// <param name="Priority">Its priority.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Components">Its components.</param>
/// <param name="Assignee">Who works on it.</param>
/// <param name="Parent">The ticket that it belongs to.</param>
/// <param name="Fields">More fields.</param>
/// <param name="Properties">Properties, which people don't see.</param>
public sealed record TicketOpened(
    string Key, string Type, string Summary, string Status, string? Description, string? Priority, IReadOnlyList<string> Labels, IReadOnlyList<string> Components,
    string? Assignee, string? Parent, IReadOnlyDictionary<string, JsonElement>? Fields, IReadOnlyDictionary<string, string> Properties) : Change
{
    internal override void Apply(Company company, EstateEffect effect)
    {
        var ticket = new Ticket
        {
            Key = Key, Type = Type, Summary = Summary, Status = Status, Description = Description, Priority = Priority, Assignee = Assignee, Parent = Parent,
            CreatedAt = effect.At, UpdatedAt = effect.At,
        };
        ticket.Labels.AddRange(Labels);
        ticket.Components.AddRange(Components);
        foreach (var (name, value) in Fields ?? new Dictionary<string, JsonElement>())
        {
            ticket.Fields[name] = value;
        }

        foreach (var (name, value) in Properties)
        {
            ticket.Properties[name] = value;
        }

        company.Tickets.Issues[Key] = ticket;
        var project = company.Tickets.Project(ticket.Project);
        project.Next = Math.Max(project.Next, ticket.Number + 1);
    }
}

/// <summary>Fields, status or comments of a ticket.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Summary">A new title.</param>
/// <param name="Status">A new status.</param>
/// <param name="Resolution">How it was closed.</param>
/// <param name="Priority">A new priority.</param>
/// <param name="Assignee">Who works on it.</param>
/// <param name="AddLabels">Labels to add.</param>
/// <param name="Fields">More fields.</param>
/// <param name="CommentId">The new comment's id.</param>
/// <param name="Comment">A new comment.</param>
/// <param name="Attach">A file that goes with it.</param>
public sealed record TicketEdited(
    string Key, string? Summary = null, string? Status = null, string? Resolution = null, string? Priority = null, string? Assignee = null,
    IReadOnlyList<string>? AddLabels = null, IReadOnlyDictionary<string, JsonElement>? Fields = null, string? CommentId = null, string? Comment = null, Attachment? Attach = null) : Change
{
    internal override void Apply(Company company, EstateEffect effect)
    {
        var ticket = company.Tickets.Ticket(Key);
        ticket.Summary = Summary ?? ticket.Summary;
        ticket.Resolution = Resolution ?? (Status is not null && company.Tickets.Project(ticket.Project).CategoryOf(Status) != "done" ? null : ticket.Resolution);
        ticket.Status = Status ?? ticket.Status;
        ticket.Priority = Priority ?? ticket.Priority;
        ticket.Assignee = Assignee ?? ticket.Assignee;
        ticket.UpdatedAt = effect.At;
        ticket.Labels.AddRange((AddLabels ?? []).Except(ticket.Labels, StringComparer.Ordinal));
        foreach (var (name, value) in Fields ?? new Dictionary<string, JsonElement>())
        {
            ticket.Fields[name] = value;
        }

        if (Comment is not null)
        {
            ticket.Comments.Add(new Remark(CommentId!, Comment, effect.At, effect.Key));
            company.Tickets.NextId++;
        }

        if (Attach is not null)
        {
            ticket.Attachments.Add(Attach with { At = effect.At, Key = effect.Key });
            company.Tickets.NextId++;
        }
    }
}

/// <summary>Two tickets were linked.</summary>
/// <param name="Key">One's key.</param>
/// <param name="To">The other's key.</param>
/// <param name="Type">The link type's name.</param>
public sealed record TicketLinked(string Key, string To, string Type) : Change
{
    internal override void Apply(Company company, EstateEffect effect)
    {
        company.Tickets.Ticket(Key).Links.Add(new TicketLink(Type, To));
        company.Tickets.Ticket(To).Links.Add(new TicketLink(Type, Key));
    }
}

/// <summary>A file was attached.</summary>
/// <param name="Key">The ticket's key.</param>
/// <param name="Id">The file's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Size">In bytes.</param>
public sealed record FileOnTicket(string Key, string Id, string Name, long Size) : Change
{
    internal override void Apply(Company company, EstateEffect effect)
    {
        var ticket = company.Tickets.Ticket(Key);
        ticket.Attachments.Add(new Attachment(Id, Name, Size, effect.At, effect.Key));
        ticket.UpdatedAt = effect.At;
        company.Tickets.NextId++;
    }
}
