using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Responder.Bench.Runs;

/// <summary>The commits that wrote something of a run: one link of the audit's chain each, counted in the store itself.</summary>
internal static class CommitCount
{
    private const string Count = "SELECT count(*) FROM audit_links";

    /// <summary>Of a data folder on SQLite; reading beside the server is what WAL is for.</summary>
    public static async Task<long> SqliteAsync(string data, CancellationToken cancel)
    {
        await using var file = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(data, "responder.db"), Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        return await ReadAsync(file, cancel);
    }

    /// <summary>Of a database.</summary>
    public static async Task<long> PostgresAsync(string connection, CancellationToken cancel)
    {
        await using var database = new NpgsqlConnection(connection);
        return await ReadAsync(database, cancel);
    }

    private static async Task<long> ReadAsync(DbConnection connection, CancellationToken cancel)
    {
        await connection.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = Count;
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture);
    }
}
