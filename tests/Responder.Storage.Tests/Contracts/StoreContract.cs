namespace Responder.Storage.Tests;

/// <summary>What every contract suite begins with: a store that is opened for one test.</summary>
public abstract class StoreContract : IAsyncLifetime
{
    private StoreBench? _bench;

    protected StoreBench Bench => _bench!;

    protected IStore Store => Bench.Store;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bench = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await Bench.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<StoreBench> OpenAsync();

    protected DateTimeOffset Now => Bench.Time.GetUtcNow();
}
