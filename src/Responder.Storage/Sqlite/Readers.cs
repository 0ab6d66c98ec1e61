using System.Collections.Concurrent;

namespace Responder.Storage.Sqlite;

/// <summary>Connections that read, each for one at a time; opened when first needed.</summary>
internal sealed class Readers(string path, int count) : IDisposable
{
    private readonly SemaphoreSlim _free = new(count, count);
    private readonly ConcurrentBag<Db> _idle = [];
    private volatile bool _closed;

    public async ValueTask<T> ReadAsync<T>(Func<Db, T> read, CancellationToken cancel)
    {
        await _free.WaitAsync(cancel);
        try
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            var db = _idle.TryTake(out var idle) ? idle : Db.OpenReader(path);
            try
            {
                return read(db);
            }
            finally
            {
                db.Rollback();
                _idle.Add(db);
            }
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Waits for those who read, then closes.</summary>
    public async Task CloseAsync()
    {
        _closed = true;
        for (var one = 0; one < count; one++)
        {
            await _free.WaitAsync();
        }

        while (_idle.TryTake(out var db))
        {
            db.Dispose();
        }

        _free.Release(count);
    }

    public void Dispose() => _free.Dispose();
}
