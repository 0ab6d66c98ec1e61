using Microsoft.Extensions.Logging;
using Responder.Storage;

namespace Responder.Hosting.Retention;

/// <summary>Moves the journals of runs that ended long ago into the archive, hour by hour. Of all nodes one does it.</summary>
/// <param name="archive">The archive.</param>
/// <param name="settings">After what time.</param>
/// <param name="time">The clock.</param>
/// <param name="log">The log.</param>
public sealed partial class ArchiveKeeper(IRunArchive archive, RetentionSettings settings, TimeProvider time, ILogger log)
{
    // Between two transactions, so that runs at work have the machine: then a node moves about a hundred and fifty a second at most.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // A start is for runs.
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(15);

    private readonly DateTimeOffset _begun = time.GetUtcNow();

    /// <summary>How often it looks.</summary>
    public static TimeSpan Every { get; } = TimeSpan.FromHours(1);

    /// <summary>True from a quarter of an hour after the start on, where anything is to be archived at all.</summary>
    public bool IsDue => settings.ArchiveAfter is not null && time.GetUtcNow() - _begun >= Rest;

    /// <summary>One round; nothing where another node has it.</summary>
    /// <param name="cancel">Ends it between two transactions.</param>
    public async Task OnceAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();

        // Shorter than the time between two rounds: a node is not kept from its own next one.
        if (settings.ArchiveAfter is not { } after || !await archive.ClaimAsync(now, Every / 2, cancel))
        {
            return;
        }

        var done = await archive.MoveAllAsync(now - after, write: true, stop => Task.Delay(Pause, time, stop), cancel);
        if (done.Runs > 0)
        {
            Archived(log, done.Runs, done.Events, done.JournalBytes, done.ArchiveBytes);
        }
    }

    [LoggerMessage(1586, LogLevel.Information, "The journals of {Runs} runs were archived: {Events} events, {JournalBytes} bytes before, {ArchiveBytes} now")]
    private static partial void Archived(ILogger log, int runs, long events, long journalBytes, long archiveBytes);
}
