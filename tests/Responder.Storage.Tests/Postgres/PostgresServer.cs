namespace Responder.Storage.Tests;

/// <summary>A real PostgreSQL for as long as the tests run.</summary>
public sealed class PostgresServer() : PostgresHere(fsync: false), IAsyncLifetime
{
    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => await MakeAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await DeleteAsync();
}
