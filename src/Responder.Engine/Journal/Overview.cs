namespace Responder.Engine.Journal;

/// <summary>Counts and times over all runs, for the overview.</summary>
public interface IOverview
{
    /// <summary>How many approvals wait; at most so many are counted.</summary>
    Task<int> WaitingAsync(int most, CancellationToken cancel);

    /// <summary>How many runs there are of each status that is no end, and of each end since a time.</summary>
    Task<IReadOnlyDictionary<RunStatus, int>> CountsAsync(DateTimeOffset since, CancellationToken cancel);

    /// <summary>How long it took: each thing that came to its end since a time, the newest first.</summary>
    /// <param name="since">Since when.</param>
    /// <param name="most">At most so many of each kind.</param>
    /// <param name="cancel">Ends waiting.</param>
    Task<IReadOnlyList<Timing>> TimingsAsync(DateTimeOffset since, int most, CancellationToken cancel);
}

/// <summary>How long something took.</summary>
/// <param name="Kind"><c>close</c>: a run from its creation to its end; <c>contain</c>: from its creation to a containment that was done; <c>approve</c>: from the question to the decision.</param>
/// <param name="At">When it ended.</param>
/// <param name="Took">How long.</param>
/// <param name="Playbook">The run's playbook.</param>
/// <param name="What">The step for <c>approve</c>, the action for <c>contain</c>; else null.</param>
public sealed record Timing(string Kind, DateTimeOffset At, TimeSpan Took, string Playbook, string? What);
