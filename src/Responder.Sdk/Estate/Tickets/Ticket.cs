using System.Text.Json;
using System.Text.Json.Serialization;

namespace Responder.Sdk.Estate;

/// <summary>A ticket.</summary>
public sealed class Ticket
{
    /// <summary>Its key.</summary>
    [JsonIgnore]
    public string Key { get; internal set; } = string.Empty;

    /// <summary>Its project's key: the part of its own before the dash.</summary>
    [JsonIgnore]
    public string Project => Key[..Key.LastIndexOf('-')];

    /// <summary>Its number in the project.</summary>
    [JsonIgnore]
    public int Number => int.Parse(Key.AsSpan(Key.LastIndexOf('-') + 1), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Its issue type.</summary>
    public string Type { get; init; } = "Task";

    /// <summary>Its title.</summary>
    [JsonInclude]
    public string Summary { get; internal set; } = string.Empty;

    /// <summary>Its text, as Markdown.</summary>
    public string? Description { get; init; }

    /// <summary>Its status.</summary>
    [JsonInclude]
    public string Status { get; internal set; } = string.Empty;

    /// <summary>How it was closed.</summary>
    [JsonInclude]
    public string? Resolution { get; internal set; }

    /// <summary>Its priority.</summary>
    [JsonInclude]
    public string? Priority { get; internal set; }

    /// <summary>Who works on it.</summary>
    [JsonInclude]
    public string? Assignee { get; internal set; }

    /// <summary>Its labels.</summary>
    public List<string> Labels { get; } = [];

    /// <summary>Its components.</summary>
    public List<string> Components { get; } = [];

    /// <summary>The ticket that it belongs to.</summary>
    public string? Parent { get; init; }

    /// <summary>More fields.</summary>
    public Dictionary<string, JsonElement> Fields { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Properties, which people don't see; ours carry the step's key.</summary>
    public Dictionary<string, string> Properties { get; } = new(StringComparer.Ordinal);

    /// <summary>When it was opened.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    [JsonInclude]
    public DateTimeOffset UpdatedAt { get; internal set; }

    /// <summary>Comments, oldest first.</summary>
    public List<Remark> Comments { get; } = [];

    /// <summary>Attached files, oldest first.</summary>
    public List<Attachment> Attachments { get; } = [];

    /// <summary>Links to other tickets.</summary>
    public List<TicketLink> Links { get; } = [];
}

/// <summary>A file on a ticket.</summary>
/// <param name="Id">The product's id of it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Size">In bytes.</param>
/// <param name="At">When.</param>
/// <param name="Key">The step's idempotency key.</param>
public sealed record Attachment(string Id, string Name, long Size, DateTimeOffset At, string? Key);

/// <summary>A link to another ticket.</summary>
/// <param name="Type">The link type's name.</param>
/// <param name="To">The other's key.</param>
public sealed record TicketLink(string Type, string To);
