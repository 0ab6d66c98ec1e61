using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Responder.Engine.Audit;
using Responder.Storage.Audit;

namespace Responder.Storage.Tests;

internal sealed class SqliteBench : StoreBench
{
    private readonly DataFolder _folder;
    private readonly SqliteStoreOptions _options;
    private SqliteStore? _store;

    private SqliteBench(DataFolder folder, SqliteStoreOptions options) => (_folder, _options) = (folder, options with { AuditKey = options.AuditKey ?? AuditKey.New() });

    public override IStore Store => _store!;

    public DataFolder Folder => _folder;

    public static async Task<SqliteBench> OpenAsync(SqliteStoreOptions? options = null)
    {
        var folder = await DataFolder.OpenAsync(TempFolder.Make(), TimeProvider.System, CancellationToken.None);
        var bench = new SqliteBench(folder, options ?? new SqliteStoreOptions());
        bench._store = await bench.OpenStoreAsync();
        return bench;
    }

    public override async Task ReopenAsync()
    {
        await _store!.DisposeAsync();
        _store = await OpenStoreAsync();
    }

    public override async Task TamperAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={_folder.File(_options.FileName)};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    public override Task<AuditVerdict> VerifyAsync(params IReadOnlyList<AuditHead> anchors) =>
        AuditVerifier.OfFileAsync(_folder.File(_options.FileName), [_options.AuditKey!], anchors, CancellationToken.None);

    public override async ValueTask DisposeAsync()
    {
        await _store!.DisposeAsync();
        _folder.Dispose();
        Directory.Delete(Path.GetDirectoryName(_folder.Path)!, recursive: true);
    }

    private Task<SqliteStore> OpenStoreAsync() => SqliteStore.OpenAsync(_folder, _options, Time, NullLogger.Instance, CancellationToken.None);
}
