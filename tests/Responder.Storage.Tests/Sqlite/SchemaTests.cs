using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Responder.Storage.Sqlite;

namespace Responder.Storage.Tests;

public sealed class SchemaTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_store_has_the_newest_schema_and_is_its_owners_alone()
    {
        await using var bench = await SqliteBench.OpenAsync();
        using var db = Db.OpenReader(bench.Folder.File("responder.db"));

        Assert.Equal(Schema.Newest, Schema.Version(db));
        Assert.Equal(Schema.Newest, db.Connection.ExecuteScalar<long>("SELECT count(*) FROM SchemaVersions"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(bench.Folder.File("responder.db")));
        }
    }

    [Fact]
    public async Task A_store_without_its_number_is_brought_up_to_date_and_keeps_its_runs()
    {
        await using var bench = await SqliteBench.OpenAsync();
        await bench.Store.Journal.AdmitAsync(new Engine.Journal.Admission(null, [Make.Run("r1")]));
        Set(bench, "PRAGMA user_version=0"); // As after a crash between the scripts and the number.

        await bench.ReopenAsync();

        Assert.NotNull(await bench.Store.Queries.FindAsync("r1", Cancel));
        using var db = Db.OpenReader(bench.Folder.File("responder.db"));
        Assert.Equal(Schema.Newest, Schema.Version(db));
    }

    [Fact]
    public async Task A_store_that_a_newer_program_wrote_is_left_alone()
    {
        await using var bench = await SqliteBench.OpenAsync();
        Set(bench, $"PRAGMA user_version={Schema.Newest + 1}");

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => SqliteStore.OpenAsync(bench.Folder, new SqliteStoreOptions(), bench.Time, NullLogger.Instance, Cancel));

        Assert.Contains("newer Responder", failure.Message, StringComparison.Ordinal);
        Set(bench, $"PRAGMA user_version={Schema.Newest}");
    }

    private static void Set(SqliteBench bench, string pragma)
    {
        using var db = Db.OpenWriter(bench.Folder.File("responder.db"));
        db.Script(pragma);
    }
}
