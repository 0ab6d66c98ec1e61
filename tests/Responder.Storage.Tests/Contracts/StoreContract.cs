namespace Responder.Storage.Tests;

/// <summary>What every contract suite begins with: a store that is opened for one test.</summary>
public abstract class StoreContract : IAsyncLifetime
{
    private StoreBench? _bench;

    protected StoreBench Bench => _bench!;

    protected IStore Store => Bench.Store;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bench = await OpenAsync();

    /// <summary>True where the test itself changed what was written.</summary>
    protected bool IsTampered { get; set; }

    public async ValueTask DisposeAsync()
    {
        // Whatever was done in whatever order: the audit covers it, and nothing else is there.
        var verdict = await Bench.VerifyAsync();
        Assert.True(IsTampered || verdict.Ok, string.Join('\n', verdict.Problems));
        await Bench.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<StoreBench> OpenAsync();

    protected DateTimeOffset Now => Bench.Time.GetUtcNow();
}
