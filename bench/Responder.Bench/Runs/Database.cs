using Responder.Tests.Shared;

namespace Responder.Bench.Runs;

/// <summary>A PostgreSQL to measure on: the one that the environment names, or one of its own on loopback, whose commits come to the disk.</summary>
internal sealed class Database : IAsyncDisposable
{
    private const string Named = "RESPONDER_Store__Postgres";

    private readonly PostgresHere? _own;

    private Database(string connectionString, PostgresHere? own) => (ConnectionString, _own) = (connectionString, own);

    public string ConnectionString { get; }

    public static async Task<Database> OpenAsync()
    {
        if (Environment.GetEnvironmentVariable(Named) is { Length: > 0 } named)
        {
            return new Database(named, null);
        }

        var own = new PostgresHere(fsync: true);
        await own.MakeAsync();
        return new Database(await own.DatabaseAsync(), own);
    }

    public async ValueTask DisposeAsync()
    {
        if (_own is not null)
        {
            await _own.DeleteAsync();
        }
    }
}
