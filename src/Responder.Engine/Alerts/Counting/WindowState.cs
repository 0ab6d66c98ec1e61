namespace Responder.Engine.Alerts;

/// <summary>The events of one host under one folder that a count holds in its window. Serialisable: it survives a restart.</summary>
public sealed record WindowState
{
    /// <summary>Count, host and folder: the row's key.</summary>
    public required string Key { get; init; }

    /// <summary>The count's id.</summary>
    public required string Count { get; init; }

    /// <summary>The host.</summary>
    public required string Host { get; init; }

    /// <summary>The folder.</summary>
    public required string Folder { get; init; }

    /// <summary>The newest event's time.</summary>
    public DateTimeOffset Newest { get; set; }

    /// <summary>When the alert that is open began; null where none is. Its id is made of this.</summary>
    public DateTimeOffset? AlertFrom { get; set; }

    /// <summary>How many files the alert last told of; it is told anew when they have doubled.</summary>
    public int Told { get; set; }

    /// <summary>The events inside the window.</summary>
    public List<WindowEvent> Events { get; init; } = [];
}

/// <summary>One counted event.</summary>
/// <param name="Mark">What tells it from others: the same again is a repeated delivery.</param>
/// <param name="At">Its own time.</param>
/// <param name="Type">The file's extension with its dot, small; empty where none.</param>
/// <param name="Image">The program.</param>
/// <param name="Pid">The program's number.</param>
/// <param name="User">The account as the event has it.</param>
public sealed record WindowEvent(string Mark, DateTimeOffset At, string Type, string? Image, long? Pid, string? User);

/// <summary>What came of counting.</summary>
/// <param name="Alerts">Alerts that counts made, new or told anew (the same <see cref="Alert.SourceId"/>, another mark).</param>
/// <param name="Counted">The ids of alerts that are events and were counted.</param>
/// <param name="Changed">States to keep. Commit the alerts first, then these: a crash between them only makes the same alert again, which is a duplicate.</param>
public sealed record CountResult(IReadOnlyList<Alert> Alerts, IReadOnlySet<string> Counted, IReadOnlyList<WindowState> Changed);

/// <summary>Keeps the windows of counts, so that a restart forgets nothing.</summary>
public interface IWindowStore
{
    /// <summary>Every state.</summary>
    Task<IReadOnlyList<WindowState>> LoadAsync(CancellationToken cancel);

    /// <summary>Keeps states by their key; those without events are removed. Completes after the commit.</summary>
    Task SaveAsync(IReadOnlyList<WindowState> states, CancellationToken cancel);
}
