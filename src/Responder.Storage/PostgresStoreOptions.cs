namespace Responder.Storage;

/// <summary>Settings of the store on PostgreSQL.</summary>
public sealed record PostgresStoreOptions
{
    /// <summary>As Npgsql takes it: <c>Host=db;Database=responder;Username=responder;Password=…;SSL Mode=VerifyFull</c>. It is never logged.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>At most so many connections of this node, besides the writer's, where the connection string does not say.</summary>
    public int Connections { get; init; } = 16;

    /// <summary>The key of the audit's chain; nodes that share the database are given the same.</summary>
    public required Audit.AuditKey AuditKey { get; init; }

    /// <summary>Where tests stand in the writer's way.</summary>
    internal Postgres.PgCommit.WriterHooks Hooks { get; init; } = new();
}
