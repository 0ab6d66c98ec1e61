using Dapper;

namespace Responder.Storage.Sqlite;

/// <summary>Upkeep of the two files in the data folder.</summary>
/// <param name="path">The store's file.</param>
/// <param name="contents">The file of the artifacts' contents; it need not be there.</param>
internal sealed class SqliteUpkeep(string path, string contents) : IUpkeep
{
    private string[] Files => File.Exists(contents) ? [path, contents] : [path];

    public Task<StoreSize> SizeAsync(CancellationToken cancel) => Task.Run(
        () =>
        {
            var (schema, free, tables, archive) = (0L, 0L, new List<TableSize>(), new ArchiveSize(0, 0, 0));
            foreach (var file in Files)
            {
                cancel.ThrowIfCancellationRequested();
                using var db = Db.OpenReader(file);
                schema = Math.Max(schema, Schema.Version(db));
                archive = file == path ? ArchiveRows.SizeAsync(db.Connection).GetAwaiter().GetResult() : archive;
                free += db.Connection.ExecuteScalar<long>("PRAGMA freelist_count") * db.Connection.ExecuteScalar<long>("PRAGMA page_size");
                tables.AddRange(db.Connection.Query<string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'").AsList().Select(table => Measure(db, table)));
            }

            return new StoreSize("sqlite", schema, Files.Sum(Bytes), free, [.. tables.OrderByDescending(table => table.Bytes).ThenBy(table => table.Name, StringComparer.Ordinal)], archive);
        },
        cancel);

    public Task VacuumAsync(CancellationToken cancel) => Task.Run(
        () =>
        {
            foreach (var file in Files)
            {
                cancel.ThrowIfCancellationRequested();
                using var db = Db.OpenWriter(file);
                db.Script("VACUUM; PRAGMA optimize=0x10002; PRAGMA wal_checkpoint(TRUNCATE);");
            }
        },
        cancel);

    // What is written and not yet moved into the file counts too.
    private static long Bytes(string file) => new[] { file, file + "-wal" }.Where(File.Exists).Sum(one => new FileInfo(one).Length);

    // The library as it is built tells no pages of a table: what its values hold is summed up.
#pragma warning disable CA2100 // The names are those of this project's tables.
    private static TableSize Measure(Db db, string table)
    {
        var bytes = string.Join(" + ", db.Connection.Query<string>("SELECT name FROM pragma_table_info(@table)", new { table }).Select(column => $"coalesce(length(CAST(\"{column}\" AS BLOB)), 0)"));
        var (rows, sum) = db.Connection.QuerySingle<(long Rows, long Bytes)>($"SELECT count(*), coalesce(sum({bytes}), 0) FROM \"{table}\"");
        return new TableSize(table, rows, sum);
    }
#pragma warning restore CA2100
}
