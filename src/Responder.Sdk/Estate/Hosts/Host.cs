using System.Text.Json.Serialization;

namespace Responder.Sdk.Estate;

/// <summary>A machine with the EDR's sensor on it.</summary>
public sealed class Host
{
    private HostFiles? _files;

    /// <summary>The EDR's id, 32 hex digits as Falcon's AID; made from the estate's name where the estate gives none.</summary>
    [JsonInclude]
    public string Id { get; internal set; } = string.Empty;

    /// <summary>Its name.</summary>
    [JsonInclude]
    public string Hostname { get; internal set; } = string.Empty;

    /// <summary>Its address.</summary>
    public string? Ip { get; init; }

    /// <summary>Operating system and version.</summary>
    public string? Os { get; init; }

    /// <summary><c>Workstation</c>, <c>Server</c> or <c>Domain Controller</c>.</summary>
    public string Role { get; init; } = "Workstation";

    /// <summary>The EDR's tags.</summary>
    public List<string> Tags { get; } = [];

    /// <summary>Who uses it: a mail address.</summary>
    public string? Owner { get; init; }

    /// <summary>The account that was last seen on it: <c>COMPANY\alexchen</c>.</summary>
    public string? LastUser { get; init; }

    /// <summary>True where it is connected to the EDR.</summary>
    [JsonInclude]
    public bool Online { get; internal set; } = true;

    /// <summary>When the EDR last heard of it; null where it is online.</summary>
    public DateTimeOffset? LastSeen { get; init; }

    /// <summary>Whether it is cut off.</summary>
    [JsonInclude]
    public Isolation Isolation { get; internal set; }

    /// <summary>When the isolation last changed; null where it never did.</summary>
    [JsonInclude]
    public DateTimeOffset? IsolatedAt { get; internal set; }

    /// <summary>The note of the last order.</summary>
    [JsonIgnore]
    public string? Note { get; internal set; }

    /// <summary>Processes, by pid.</summary>
    public Dictionary<long, HostProcess> Processes { get; } = [];

    /// <summary>Folders, by full path.</summary>
    public Dictionary<string, HostFolder> Folders { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reparse points, by full path.</summary>
    public Dictionary<string, HostLink> Links { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>8.3 names of folders, to their long paths.</summary>
    public Dictionary<string, string> ShortNames { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What a scan finds.</summary>
    public ScanFindings Scan { get; init; } = new();

    /// <summary>What is on its disks.</summary>
    [JsonIgnore]
    public HostFiles Files => _files ??= new HostFiles(this);

    /// <summary>Fails where live response can't reach it.</summary>
    /// <exception cref="ActionFailure">It is offline.</exception>
    public void MustBeOnline()
    {
        if (!Online)
        {
            throw new ActionFailure(FailureKind.Offline, $"{Hostname} is not connected to the EDR. It is tried again when it is back.") { Code = "40407" };
        }
    }
}

/// <summary>Whether a host is cut off from the network.</summary>
public enum Isolation
{
    /// <summary>Not cut off.</summary>
    Normal,

    /// <summary>The order to cut it off waits for the host.</summary>
    Pending,

    /// <summary>Cut off.</summary>
    Isolated,

    /// <summary>The order to let it back waits for the host.</summary>
    ReleasePending,
}

/// <summary>One process.</summary>
public sealed class HostProcess
{
    /// <summary>The image's full path.</summary>
    public required string Image { get; init; }

    /// <summary>The parent's pid.</summary>
    public long? Parent { get; init; }

    /// <summary>The command line.</summary>
    public string? CmdLine { get; init; }

    /// <summary>The account.</summary>
    public string? User { get; init; }

    /// <summary>When it started.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    [JsonInclude]
    public DateTimeOffset? EndedAt { get; internal set; }

    /// <summary>The image's hash: the same for the same image.</summary>
    public string Sha256 => Hex.Sha256("image|" + Image.ToUpperInvariant());
}

/// <summary>What a scan of a host finds.</summary>
public sealed class ScanFindings
{
    /// <summary>How many files it reads.</summary>
    public long Files { get; init; } = 250_000;

    /// <summary>How long it takes.</summary>
    public TimeSpan Takes { get; init; }

    /// <summary>What it finds.</summary>
    public List<Edr.ThreatFound> Threats { get; } = [];
}

/// <summary>A scan that was ordered.</summary>
/// <param name="Id">The EDR's id of it.</param>
/// <param name="Host">The host's id.</param>
/// <param name="Description">Free text; ours carries the step's key.</param>
/// <param name="Paths">Only these paths; null for the whole host.</param>
/// <param name="At">When it was ordered.</param>
public sealed record ScanOrder(string Id, string Host, string Description, IReadOnlyList<string>? Paths, DateTimeOffset At);

/// <summary>A detection of the EDR.</summary>
public sealed class Detection
{
    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>0 to 100.</summary>
    public int Severity { get; init; } = 50;

    /// <summary>Its status.</summary>
    [JsonInclude]
    public string Status { get; internal set; } = "new";

    /// <summary>Who works on it.</summary>
    [JsonInclude]
    public string? Assignee { get; internal set; }

    /// <summary>The estate's name of the host.</summary>
    public string? Host { get; init; }

    /// <summary>The account.</summary>
    public string? User { get; init; }

    /// <summary>ATT&amp;CK technique ids.</summary>
    public List<string> Techniques { get; } = [];

    /// <summary>When it was raised; it is not there before.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it last changed, where it did.</summary>
    [JsonInclude]
    public DateTimeOffset? ChangedAt { get; internal set; }

    /// <summary>Comments, oldest first.</summary>
    public List<Remark> Comments { get; } = [];
}

/// <summary>A comment, with the key of the step that wrote it.</summary>
/// <param name="Id">The product's id of it.</param>
/// <param name="Body">The text.</param>
/// <param name="At">When.</param>
/// <param name="Key">The step's idempotency key; null where a person wrote it.</param>
public sealed record Remark(string Id, string Body, DateTimeOffset At, string? Key);
