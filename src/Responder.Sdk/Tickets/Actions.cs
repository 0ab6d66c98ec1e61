namespace Responder.Sdk.Tickets;

/// <summary>Finds tickets.</summary>
/// <param name="Query">In the product's own language; values are quoted for it.</param>
/// <param name="Limit">At most so many, newest first.</param>
[Action("tickets.find", Effect.Read)]
public sealed record FindTickets([property: Language("JQL")] Template Query, int Limit = 50) : IAction<TicketsFound>;

/// <summary>Tickets that were found.</summary>
/// <param name="Tickets">Newest first.</param>
/// <param name="Count">How many.</param>
public sealed record TicketsFound(IReadOnlyList<TicketFound> Tickets, int Count);

/// <summary>Reads one ticket.</summary>
/// <param name="Key">Its key.</param>
[Action("tickets.get", Effect.Read)]
public sealed record GetTicket(string Key) : IAction<TicketFound>;

/// <summary>A ticket.</summary>
/// <param name="Key">Its key: <c>SOC-142</c>.</param>
/// <param name="Url">Its page.</param>
/// <param name="Summary">Its title.</param>
/// <param name="Status">The product's name for its status.</param>
/// <param name="Closed">True where the status counts as done.</param>
/// <param name="Resolution">How it was closed.</param>
/// <param name="Assignee">Who works on it.</param>
/// <param name="Labels">Its labels.</param>
public sealed record TicketFound(string Key, string? Url, string Summary, string Status, bool Closed, string? Resolution, string? Assignee, IReadOnlyList<string> Labels);

/// <summary>Opens a ticket.</summary>
/// <param name="Project">The project's key.</param>
/// <param name="Type">The issue type's name: <c>Incident</c>, <c>Task</c>.</param>
/// <param name="Summary">The title, at most 255 characters; longer is cut.</param>
/// <param name="Description">The text, as Markdown.</param>
/// <param name="Priority">The priority's name.</param>
/// <param name="Labels">Labels; blanks become dashes.</param>
/// <param name="Components">Names of components.</param>
/// <param name="Assignee">Mail address or account id.</param>
/// <param name="Parent">The key of the ticket that this one belongs to.</param>
/// <param name="Fields">More fields of the product, by name.</param>
[Action("tickets.create", Effect.Record)]
public sealed record CreateTicket(
    string Project,
    string Type,
    string Summary,
    [property: Language("Markdown")] Template? Description = null,
    string? Priority = null,
    IReadOnlyList<string>? Labels = null,
    IReadOnlyList<string>? Components = null,
    string? Assignee = null,
    string? Parent = null,
    IReadOnlyDictionary<string, System.Text.Json.JsonElement>? Fields = null) : IAction<TicketCreated>;

/// <summary>A new ticket.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Url">Its page.</param>
public sealed record TicketCreated(string Key, string? Url);

/// <summary>Adds a comment.</summary>
/// <param name="Key">The ticket's key.</param>
/// <param name="Body">The text, as Markdown.</param>
[Action("tickets.comment", Effect.Record)]
public sealed record CommentTicket([property: Target(TargetKind.Ticket)] string Key, [property: Language("Markdown")] Template Body) : IAction<CommentAdded>;

/// <summary>A comment that was added.</summary>
/// <param name="Id">The product's id of it.</param>
/// <param name="Url">Its page.</param>
public sealed record CommentAdded(string Id, string? Url);

/// <summary>Attaches a file.</summary>
/// <param name="Key">The ticket's key.</param>
/// <param name="File">The artifact.</param>
/// <param name="Name">The file name on the ticket; the artifact's own where none is given.</param>
[Action("tickets.attach", Effect.Record)]
public sealed record AttachFile([property: Target(TargetKind.Ticket)] string Key, ArtifactRef File, string? Name = null) : IAction<FileAttached>;

/// <summary>A file that was attached.</summary>
/// <param name="Id">The product's id of it.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Size">In bytes.</param>
public sealed record FileAttached(string Id, string Name, long Size);

/// <summary>Sets fields.</summary>
/// <param name="Key">The ticket's key.</param>
/// <param name="Summary">A new title.</param>
/// <param name="Priority">The priority's name.</param>
/// <param name="Assignee">Mail address or account id.</param>
/// <param name="AddLabels">Labels to add.</param>
/// <param name="Fields">More fields of the product, by name.</param>
[Action("tickets.update", Effect.Record)]
public sealed record UpdateTicket(
    [property: Target(TargetKind.Ticket)] string Key, string? Summary = null, string? Priority = null, string? Assignee = null,
    IReadOnlyList<string>? AddLabels = null, IReadOnlyDictionary<string, System.Text.Json.JsonElement>? Fields = null) : IAction<TicketChanged>;

/// <summary>Links two tickets.</summary>
/// <param name="Key">The ticket's key.</param>
/// <param name="To">The other's key.</param>
/// <param name="Type">The link type's name.</param>
[Action("tickets.link", Effect.Record)]
public sealed record LinkTickets([property: Target(TargetKind.Ticket)] string Key, string To, string Type = "Relates") : IAction<TicketChanged>;

/// <summary>Moves a ticket to a status.</summary>
/// <param name="Key">The ticket's key.</param>
/// <param name="Status">The target status's name, or its category: <c>todo</c>, <c>in_progress</c>, <c>done</c>.</param>
/// <param name="Comment">Added with it, as Markdown.</param>
[Action("tickets.transition", Effect.Record)]
public sealed record TransitionTicket([property: Target(TargetKind.Ticket)] string Key, string Status, [property: Language("Markdown")] Template? Comment = null) : IAction<TicketChanged>;

/// <summary>Closes a ticket with its resolution.</summary>
/// <param name="Key">The ticket's key.</param>
/// <param name="Resolution">The resolution's name.</param>
/// <param name="Comment">Added with it, as Markdown; over the product's limit it is cut at a heading and attached whole.</param>
/// <param name="AddLabels">Labels to add at closing.</param>
[Action("tickets.close", Effect.Record)]
public sealed record CloseTicket(
    [property: Target(TargetKind.Ticket)] string Key, string Resolution, [property: Language("Markdown")] Template? Comment = null, IReadOnlyList<string>? AddLabels = null) : IAction<TicketChanged>;

/// <summary>A ticket after a change.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Status">Its status now.</param>
/// <param name="Note">What there is to know: "moved on by someone".</param>
public sealed record TicketChanged(string Key, string? Status, string? Note = null);
