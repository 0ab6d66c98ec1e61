namespace Responder.Storage;

/// <summary>Settings of the store on SQLite.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>The database's file in the data folder.</summary>
    public string FileName { get; init; } = "responder.db";

    /// <summary>How many may read at once; each has a connection of its own.</summary>
    public int Readers { get; init; } = 4;

    /// <summary>
    /// Called after an fsync error, when nobody can know what is on disk: it must end the process. The default writes the reason to standard error
    /// and the crash report and ends it.
    /// </summary>
    public Action<string> FailFast { get; init; } = Environment.FailFast;

    /// <summary>
    /// Everything is done on the caller's thread before the call returns, and nothing is forced to disk: for runs in simulated time, whose store is thrown
    /// away after them. A disk error fails the call instead of being waited for.
    /// </summary>
    public bool Simulated { get; init; }

    /// <summary>The key of the audit's chain; where null, the data folder's own, and for a simulated store one that is thrown away with it.</summary>
    public Audit.AuditKey? AuditKey { get; init; }

    /// <summary>Where tests stand in the writer's way.</summary>
    internal Sqlite.WriterHooks Hooks { get; init; } = new();
}
