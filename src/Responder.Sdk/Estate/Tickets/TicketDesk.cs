using System.Text.Json.Serialization;

namespace Responder.Sdk.Estate;

/// <summary>Projects and their tickets.</summary>
public sealed class TicketDesk
{
    /// <summary>What a ticket's key is appended to, to make its page's address.</summary>
    public string Url { get; init; } = "https://company.example/browse/";

    /// <summary>Projects, by key.</summary>
    public Dictionary<string, TicketProject> Projects { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Tickets, by key.</summary>
    public Dictionary<string, Ticket> Issues { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The number that the next comment or attachment gets.</summary>
    [JsonIgnore]
    public int NextId { get; internal set; } = 10001;

    /// <summary>The ticket of a key.</summary>
    /// <param name="key">Its key.</param>
    /// <exception cref="ActionFailure">There is none.</exception>
    public Ticket Ticket(string key) =>
        Issues.GetValueOrDefault(key) ?? throw new ActionFailure(FailureKind.NotFound, $"There is no ticket '{key}', or it may not be seen.");

    /// <summary>The project of a key.</summary>
    /// <param name="key">Its key.</param>
    /// <exception cref="ActionFailure">There is none.</exception>
    public TicketProject Project(string key) =>
        Projects.GetValueOrDefault(key)
        ?? throw new ActionFailure(FailureKind.Invalid, $"There is no project '{key}'. There is: {string.Join(", ", Projects.Keys)}.");
}

/// <summary>A project: what its tickets may be.</summary>
public sealed class TicketProject
{
    /// <summary>Its key.</summary>
    [JsonIgnore]
    public string Key { get; internal set; } = string.Empty;

    /// <summary>Its name.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The number of the next ticket.</summary>
    [JsonInclude]
    public int Next { get; internal set; } = 1;

    /// <summary>Issue types.</summary>
    public List<string> Types { get; } = [];

    /// <summary>Priorities.</summary>
    public List<string> Priorities { get; } = [];

    /// <summary>Components.</summary>
    public List<string> Components { get; } = [];

    /// <summary>Resolutions.</summary>
    public List<string> Resolutions { get; } = [];

    /// <summary>Link types.</summary>
    public List<string> LinkTypes { get; } = [];

    /// <summary>Statuses in their order; a ticket begins in the first.</summary>
    public Dictionary<string, TicketStatus> Statuses { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The category of a status.</summary>
    /// <param name="status">Its name.</param>
    public string CategoryOf(string status) => Statuses.GetValueOrDefault(status)?.Category ?? "todo";

    /// <summary>A value of one of the project's lists, in its own case.</summary>
    /// <param name="field">What the list is called.</param>
    /// <param name="list">The list.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ActionFailure">It is not in the list; the message says what is.</exception>
    public string Known(string field, IEnumerable<string> list, string value) =>
        list.FirstOrDefault(known => string.Equals(known, value, StringComparison.OrdinalIgnoreCase))
        ?? throw new ActionFailure(FailureKind.Invalid, $"{Key} has no {field} '{value}'. It has: {string.Join(", ", list)}.");
}

/// <summary>A status of a project.</summary>
public sealed class TicketStatus
{
    /// <summary><c>todo</c>, <c>in_progress</c> or <c>done</c>.</summary>
    public string Category { get; init; } = "todo";

    /// <summary>The statuses that can be reached from it.</summary>
    public List<string> To { get; } = [];
}
