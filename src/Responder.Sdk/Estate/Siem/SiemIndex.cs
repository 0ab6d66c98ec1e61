using System.Text.Json;
using System.Text.Json.Serialization;

namespace Responder.Sdk.Estate;

/// <summary>What the SIEM holds: events to search, and alerts.</summary>
public sealed class SiemIndex
{
    /// <summary>Where events come from, by the estate's name for it.</summary>
    public Dictionary<string, EventSource> Events { get; } = new(StringComparer.Ordinal);

    /// <summary>Alerts, by id.</summary>
    public Dictionary<string, SiemAlert> Alerts { get; } = new(StringComparer.Ordinal);

    /// <summary>Rows of searches that were run, by their id: what a webhook sends only the first of.</summary>
    public Dictionary<string, List<JsonElement>> Searches { get; } = new(StringComparer.Ordinal);

    /// <summary>The alert of an id.</summary>
    /// <param name="id">Its id.</param>
    /// <exception cref="ActionFailure">There is none.</exception>
    public SiemAlert Alert(string id) =>
        Alerts.GetValueOrDefault(id) ?? throw new ActionFailure(FailureKind.NotFound, $"The SIEM knows no alert '{id}'.");
}

/// <summary>One event, or one for each file of a folder.</summary>
public sealed class EventSource
{
    /// <summary>When the one event was.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>One event for each file that was there at first.</summary>
    public FolderOfHost? FromFiles { get; init; }

    /// <summary>Fields that every event has.</summary>
    public Dictionary<string, JsonElement> Fields { get; } = new(StringComparer.Ordinal);
}

/// <summary>A folder on a host.</summary>
public sealed class FolderOfHost
{
    /// <summary>The estate's name of the host.</summary>
    public required string Host { get; init; }

    /// <summary>The folder's path.</summary>
    public required string Folder { get; init; }
}

/// <summary>An alert of the SIEM.</summary>
public sealed class SiemAlert
{
    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>Its status.</summary>
    [JsonInclude]
    public string Status { get; internal set; } = "new";

    /// <summary>Who works on it.</summary>
    [JsonInclude]
    public string? Owner { get; internal set; }

    /// <summary>Its severity.</summary>
    public string? Severity { get; init; }

    /// <summary>When it was raised; it is not there before. Null for one that no feed gives.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>When it last changed, where it did.</summary>
    [JsonInclude]
    public DateTimeOffset? ChangedAt { get; internal set; }

    /// <summary>More of it, in the words of the normal form: <c>device</c>, <c>user</c>, <c>attack</c>.</summary>
    public Dictionary<string, JsonElement> Alert { get; } = new(StringComparer.Ordinal);

    /// <summary>Comments, oldest first.</summary>
    public List<Remark> Comments { get; } = [];
}
