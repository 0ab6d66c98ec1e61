namespace Responder.Storage;

/// <summary>The store's upkeep, for who looks after the machine.</summary>
public interface IUpkeep
{
    /// <summary>How large it is, and what takes the room. It reads all of an embedded store.</summary>
    /// <param name="cancel">Ends it.</param>
    Task<StoreSize> SizeAsync(CancellationToken cancel);

    /// <summary>
    /// Gives room that nothing uses any more back, and brings what the planner knows up to date. An embedded store is written anew: it takes as much free room on the disk as the store is large,
    /// and whoever writes meanwhile waits. PostgreSQL keeps the room for itself and holds nobody up.
    /// </summary>
    /// <param name="cancel">Ends it.</param>
    Task VacuumAsync(CancellationToken cancel);
}

/// <summary>How large the store is.</summary>
/// <param name="Kind"><c>sqlite</c> or <c>postgres</c>.</param>
/// <param name="Schema">The number of its schema.</param>
/// <param name="Bytes">All of it, in bytes.</param>
/// <param name="FreeBytes">Of these, what nothing uses and <c>vacuum</c> gives back; null where that is not told.</param>
/// <param name="Tables">Its tables, the largest first.</param>
/// <param name="Archive">The journals that are archived.</param>
public sealed record StoreSize(string Kind, long Schema, long Bytes, long? FreeBytes, IReadOnlyList<TableSize> Tables, ArchiveSize Archive);

/// <summary>How much is archived.</summary>
/// <param name="Runs">The runs whose journals are.</param>
/// <param name="JournalBytes">What these took as rows, in bytes.</param>
/// <param name="Bytes">What they take now.</param>
public sealed record ArchiveSize(long Runs, long JournalBytes, long Bytes);

/// <summary>A table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Bytes">In bytes: of PostgreSQL with its indexes, of an embedded store what its values hold.</param>
public sealed record TableSize(string Name, long Rows, long Bytes);
