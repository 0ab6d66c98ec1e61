namespace Responder.Storage;

/// <summary>
/// The archive of finished runs' journals: in the same database, each journal in one compressed piece in place of its rows. Whoever reads a run reads it there, and the audit's
/// proof covers it as before; lists, the ledger and what else is known of a run stay as they are.
/// </summary>
public interface IRunArchive
{
    /// <summary>
    /// Moves the next few journals, in one short transaction: of runs that ended before a time, hold no containment in force and are not being undone. What was interrupted is done by the next
    /// call, and nothing is moved twice, however many nodes do it.
    /// </summary>
    /// <param name="endedBefore">Of runs that ended before this.</param>
    /// <param name="after">Where the call before came to; null for the first.</param>
    /// <param name="write">False to see what it would do.</param>
    /// <param name="cancel">Ends it before the transaction.</param>
    Task<ArchivedRuns> MoveAsync(DateTimeOffset endedBefore, string? after, bool write, CancellationToken cancel);

    /// <summary>Claims the next round for this node: true for one of all that ask within a time.</summary>
    /// <param name="now">The time.</param>
    /// <param name="hold">Until nobody else gets it.</param>
    /// <param name="cancel">Ends waiting.</param>
    Task<bool> ClaimAsync(DateTimeOffset now, TimeSpan hold, CancellationToken cancel);
}

/// <summary>What was moved into the archive.</summary>
/// <param name="Runs">How many runs.</param>
/// <param name="Events">How many events they have.</param>
/// <param name="JournalBytes">What these took as rows, in bytes.</param>
/// <param name="ArchiveBytes">What they take in the archive.</param>
/// <param name="Next">Where to go on; null at the end.</param>
public sealed record ArchivedRuns(int Runs, long Events, long JournalBytes, long ArchiveBytes, string? Next);

/// <summary>Rounds over an archive.</summary>
public static class ArchiveRounds
{
    /// <summary>Moves all that is to be moved, a few at a time.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="endedBefore">Of runs that ended before this.</param>
    /// <param name="write">False to see what it would do.</param>
    /// <param name="pause">What is done between two transactions: runs at work come first.</param>
    /// <param name="cancel">Ends it between two.</param>
    /// <returns>The sum.</returns>
    public static async Task<ArchivedRuns> MoveAllAsync(this IRunArchive archive, DateTimeOffset endedBefore, bool write, Func<CancellationToken, Task> pause, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentNullException.ThrowIfNull(pause);
        var sum = await archive.MoveAsync(endedBefore, null, write, cancel);
        while (sum.Next is { } next)
        {
            await pause(cancel);
            var more = await archive.MoveAsync(endedBefore, next, write, cancel);
            sum = new ArchivedRuns(sum.Runs + more.Runs, sum.Events + more.Events, sum.JournalBytes + more.JournalBytes, sum.ArchiveBytes + more.ArchiveBytes, more.Next);
        }

        return sum;
    }
}
