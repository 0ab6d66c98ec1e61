namespace Responder.Sdk.Estate;

/// <summary>Something that goes wrong on an action, for tests and demonstrations.</summary>
public sealed class Fault
{
    /// <summary>The action's name; <c>edr.*</c> for all of a capability, <c>*</c> for all.</summary>
    public required string Action { get; init; }

    /// <summary>Only where these inputs have these texts.</summary>
    public Dictionary<string, string> With { get; } = new(StringComparer.Ordinal);

    /// <summary>How often; for ever where null. Counted on disk, so that a fault that kills the process is not met again after the restart.</summary>
    public int? Times { get; init; }

    /// <summary>How many calls pass before the first.</summary>
    public int After { get; init; }

    /// <summary>The call takes so long.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The failure's kind: nothing is done.</summary>
    public FailureKind? Kind { get; init; }

    /// <summary>The host is not connected: short for the kind <c>offline</c>.</summary>
    public bool Offline { get; init; }

    /// <summary>The vendor asks to wait so long: short for the kind <c>rate_limited</c> where no other is given.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What it says.</summary>
    public string? Message { get; init; }

    /// <summary>When it strikes, where it is more than a failure of a kind.</summary>
    public FaultAt? Do { get; init; }
}

/// <summary>When a fault strikes.</summary>
public enum FaultAt
{
    /// <summary>Fails before anything is done: <see cref="Fault.Kind"/>, else <see cref="FailureKind.Transient"/>.</summary>
    FailBeforeDoing,

    /// <summary>Does it, then fails as <see cref="FailureKind.Unknown"/>: the answer was lost.</summary>
    TimeoutAfterDoing,

    /// <summary>Ends the process before it is done.</summary>
    DieBeforeDoing,

    /// <summary>Does it, then ends the process before it is answered.</summary>
    DieAfterDoing,
}
