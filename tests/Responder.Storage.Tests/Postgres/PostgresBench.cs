using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Responder.Engine.Audit;
using Responder.Storage.Audit;

[assembly: AssemblyFixture(typeof(Responder.Storage.Tests.PostgresServer))]

namespace Responder.Storage.Tests;

internal sealed class PostgresBench : StoreBench
{
    private readonly PostgresStoreOptions _options;
    private PostgresStore? _store;

    private PostgresBench(PostgresStoreOptions options) => _options = options;

    public override IStore Store => _store!;

    public string ConnectionString => _options.ConnectionString;

    public static async Task<PostgresBench> OpenAsync(PostgresServer server, Func<PostgresStoreOptions, PostgresStoreOptions>? change = null)
    {
        var options = new PostgresStoreOptions { ConnectionString = await server.DatabaseAsync(), AuditKey = AuditKey.New(), Connections = 4 };
        var bench = new PostgresBench(change?.Invoke(options) ?? options);
        bench._store = await bench.OpenAnotherAsync();
        return bench;
    }

    /// <summary>Another node on the same database.</summary>
    public Task<PostgresStore> OpenAnotherAsync() => PostgresStore.OpenAsync(_options, Time, NullLogger.Instance, CancellationToken.None);

    public override async Task ReopenAsync()
    {
        await _store!.DisposeAsync();
        _store = await OpenAnotherAsync();
    }

    public override async Task TamperAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public override Task<AuditVerdict> VerifyAsync(params IReadOnlyList<AuditHead> anchors) => AuditVerifier.OfPostgresAsync(ConnectionString, [_options.AuditKey], anchors, CancellationToken.None);

    public override async ValueTask DisposeAsync() => await _store!.DisposeAsync();
}
