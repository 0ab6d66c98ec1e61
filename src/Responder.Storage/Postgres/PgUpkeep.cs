using Dapper;
using Npgsql;

namespace Responder.Storage.Postgres;

/// <summary>Upkeep of the database.</summary>
internal sealed class PgUpkeep(NpgsqlDataSource source) : IUpkeep
{
    // Rows as the planner knows them: to count millions would take minutes.
    private const string Tables = """
        SELECT c.relname AS Name, greatest(c.reltuples, 0)::bigint AS Rows, pg_total_relation_size(c.oid) AS Bytes
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname = current_schema()
        ORDER BY 3 DESC, 1
        """;

    public async Task<StoreSize> SizeAsync(CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        return new StoreSize(
            "postgres",
            await PgSchema.VersionAsync(connection),
            await connection.ExecuteScalarAsync<long>("SELECT pg_database_size(current_database())"),
            null,
            [.. (await connection.QueryAsync<(string Name, long Rows, long Bytes)>(Tables)).Select(table => new TableSize(table.Name, table.Rows, table.Bytes))],
            await ArchiveRows.SizeAsync(connection));
    }

    public async Task VacuumAsync(CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var vacuum = new NpgsqlCommand("VACUUM (ANALYZE)", connection) { CommandTimeout = 0 };
        await vacuum.ExecuteNonQueryAsync(cancel);
    }
}
