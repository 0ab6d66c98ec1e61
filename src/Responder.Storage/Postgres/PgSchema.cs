using Dapper;
using DbUp;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Responder.Storage.Postgres;

/// <summary>
/// Brings the database to the schema of this program; of nodes that start together one does it. A newer schema is no obstacle, because scripts only add:
/// nodes of two versions run side by side. One that does take something away says in the setting <c>schema.oldest</c> from which number on programs can read it.
/// </summary>
internal static partial class PgSchema
{
    private const string Folder = ".Migrations.Postgres.";

    /// <summary>The first that knows an archive: a program of an older one would show an archived run's journal as empty.</summary>
    public const long WithArchive = 13;

    /// <summary>The number of the newest script.</summary>
    public static long Newest { get; } = MigrationScripts.Newest(Folder);

    public static async Task UpgradeAsync(NpgsqlDataSource source, string connectionString, string name, ILogger log, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        var now = await VersionAsync(connection);
        if (now >= Newest)
        {
            await EnsureReadableAsync(connection, name);
            return;
        }

        await connection.ExecuteAsync("SELECT pg_advisory_lock(hashtextextended('responder/schema', 0))");
        try
        {
            now = await VersionAsync(connection);
            if (now < Newest)
            {
                await Task.Run(() => MigrationScripts.Run(DeployChanges.To.PostgresqlDatabase(connectionString), Folder, name), cancel);
                Upgraded(log, name, now, Newest);
            }
        }
        finally
        {
            await connection.ExecuteAsync("SELECT pg_advisory_unlock(hashtextextended('responder/schema', 0))");
        }
    }

    /// <summary>The newest script that the database has seen; 0 where it is empty.</summary>
    public static async Task<long> VersionAsync(NpgsqlConnection connection) =>
        await connection.ExecuteScalarAsync<bool>("SELECT to_regclass('schemaversions') IS NOT NULL")
            ? (await connection.QueryAsync<string>("SELECT scriptname FROM schemaversions")).Where(script => script.Contains(Folder, StringComparison.Ordinal))
                .Select(script => MigrationScripts.NumberOf(script, Folder)).DefaultIfEmpty().Max()
            : 0;

    private static async Task EnsureReadableAsync(NpgsqlConnection connection, string name)
    {
        if (await connection.ExecuteScalarAsync<long?>("SELECT value::bigint FROM settings WHERE name = 'schema.oldest'") is { } oldest && oldest > Newest)
        {
            throw new InvalidOperationException(
                $"'{name}' was written by a newer Responder that needs schema {oldest} or newer; this one knows {Newest}. Start the newer one.");
        }
    }

    [LoggerMessage(1421, LogLevel.Information, "The store '{Name}' went from schema {From} to {To}")]
    private static partial void Upgraded(ILogger log, string name, long from, long to);
}
