namespace Responder.Storage.Sqlite;

/// <summary>Where tests stand in the writer's way; all on the writer's thread.</summary>
internal sealed record WriterHooks
{
    /// <summary>Before each try of a transaction.</summary>
    public Action<Db>? Beginning { get; init; }

    /// <summary>All is applied, COMMIT comes next.</summary>
    public Action<Db>? Committing { get; init; }

    /// <summary>COMMIT went well, nobody knows yet.</summary>
    public Action<Db>? Committed { get; init; }
}
