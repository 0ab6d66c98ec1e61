using Microsoft.Data.Sqlite;
using Npgsql;
using Responder.Engine.Audit;
using Responder.Storage.Sqlite;

namespace Responder.Storage.Audit;

/// <summary>Checks an installation's audit. It only reads, beside a server that is at work as well, and over a backup's copy.</summary>
public static class AuditVerifier
{
    /// <summary>Checks the audit of a data folder.</summary>
    /// <param name="file">The database's file: <c>data/responder.db</c>.</param>
    /// <param name="keys">The keys that its links were made with.</param>
    /// <param name="anchors">What was kept apart; none where nothing was.</param>
    /// <param name="cancel">Ends it before it begins.</param>
    /// <exception cref="InvalidDataException">There is no such file, or it is no database of this program.</exception>
    public static Task<AuditVerdict> OfFileAsync(string file, IReadOnlyList<AuditKey> keys, IReadOnlyList<AuditHead> anchors, CancellationToken cancel) => File.Exists(file)
        ? Task.Run(
            async () =>
            {
                try
                {
                    using var db = Db.OpenReader(file);
                    db.BeginRead();
                    return await new AuditCheck(db.Connection, keys, anchors).RunAsync();
                }
                catch (SqliteException failure)
                {
                    throw new InvalidDataException($"{file} can't be checked: {failure.Message}", failure);
                }
            },
            cancel)
        : throw new InvalidDataException($"{file}: there is no such file.");

    /// <summary>Checks the audit of a database on PostgreSQL.</summary>
    /// <param name="connectionString">As Npgsql takes it.</param>
    /// <param name="keys">The keys that its links were made with.</param>
    /// <param name="anchors">What was kept apart; none where nothing was.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="InvalidDataException">The server can't be reached or refuses.</exception>
    public static async Task<AuditVerdict> OfPostgresAsync(string connectionString, IReadOnlyList<AuditKey> keys, IReadOnlyList<AuditHead> anchors, CancellationToken cancel)
    {
        try
        {
            await using var source = NpgsqlDataSource.Create(connectionString);
            await using var connection = await source.OpenConnectionAsync(cancel);
            await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
            return await new AuditCheck(connection, keys, anchors).RunAsync();
        }
        catch (Exception failure) when (failure is NpgsqlException or ArgumentException or TimeoutException or System.Net.Sockets.SocketException)
        {
            throw new InvalidDataException($"The database can't be checked: {(failure is ArgumentException ? "its connection string is none" : failure.Message)}", failure);
        }
    }
}
