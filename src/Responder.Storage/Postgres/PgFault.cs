using System.Net.Sockets;
using Npgsql;

namespace Responder.Storage.Postgres;

/// <summary>Whose fault a failure of PostgreSQL is.</summary>
internal static class PgFault
{
    /// <summary>Two transactions met; nothing was written.</summary>
    public static bool IsMeeting(Exception failure) => failure is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure };

    /// <summary>The server's, the network's, or the pool's: it may pass, and reading again is harmless.</summary>
    public static bool IsPassing(Exception failure) => failure switch
    {
        PostgresException server => server.IsTransient || server.SqlState is PostgresErrorCodes.LockNotAvailable
            || server.SqlState[..2] is "08" or "53" or "57" or "58",
        NpgsqlException or TimeoutException or IOException or SocketException => true,
        _ => false,
    };

    /// <summary>What was to be written can't be stored, today or ever.</summary>
    public static bool IsData(Exception failure) => failure switch
    {
        PostgresException server => server.SqlState[..2] is "21" or "22" or "23" or "54" or "P0",
        _ => !IsPassing(failure) && failure is not (OutOfMemoryException or ObjectDisposedException),
    };

    /// <summary>What happened and what to do next, for people.</summary>
    public static string Explain(Exception failure, string name) => failure switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => $"The disk under {name} is full. Free some space; nothing that was accepted is lost, and writing goes on by itself.",
        PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } => $"{name} takes no more connections. Raise its max_connections or start fewer nodes; writing goes on by itself.",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } server => $"{name} refuses: {server.MessageText}. Give the user of the connection string that right.",
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } => $"{name} refuses the sign-in. Check user and password in the connection string.",
        PostgresException server => $"{name} can't be written: {server.MessageText} (SQLSTATE {server.SqlState}). Look into the server's log.",
        _ => $"{name} can't be reached: {failure.InnerException?.Message ?? failure.Message}. Check the server and the network; writing goes on by itself.",
    };
}
