namespace Responder.Engine.Journal;

/// <summary>
/// What was committed, in the order of the commits, for live pages and event streams: nothing uncommitted is shown. Commits of other nodes come with the
/// run's id and <see cref="CommitNotice.Missed"/>: what they hold is read from the store.
/// </summary>
public interface ICommitFeed
{
    /// <summary>Follows commits from here on. To lose nothing, follow first and then read the store; skip what was read by its number.</summary>
    /// <param name="runId">One run, or null for all.</param>
    ICommitSubscription Follow(string? runId);
}

/// <summary>One reader of the feed. Disposing it ends the reading.</summary>
public interface ICommitSubscription : IDisposable
{
    /// <summary>
    /// The notices, oldest first. The store never waits for a reader: one that falls too far behind gets a notice with
    /// <see cref="CommitNotice.Missed"/> and must read the store again from the last number that it knows.
    /// </summary>
    /// <param name="cancel">Ends the reading.</param>
    IAsyncEnumerable<CommitNotice> ReadAllAsync(CancellationToken cancel);
}

/// <summary>One run's part of a commit.</summary>
/// <param name="RunId">The run; empty where notices of any run may have been dropped.</param>
/// <param name="Events">The events; empty where only its row changed.</param>
/// <param name="Row">How it stands now; null where <paramref name="Missed"/>.</param>
/// <param name="Changes">What else changed with it.</param>
/// <param name="Missed">True where notices were dropped before this point, or another node committed: read the store again.</param>
public sealed record CommitNotice(
    string RunId, IReadOnlyList<StoredEvent> Events, RunRow? Row, IReadOnlyList<RowChange> Changes, bool Missed = false);
