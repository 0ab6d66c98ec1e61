using Microsoft.Extensions.Logging;
using Responder.Engine.Journal;

namespace Responder.Storage.Sqlite;

/// <summary>
/// The one writer: a thread with the one connection that writes. It takes all that was handed in since it last looked, in that order, and puts it into one
/// transaction. It does not linger for more: while one group's fsync runs, the next group gathers.
/// </summary>
internal sealed class Writer : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly AutoResetEvent _wanted = new(false);
    private readonly GroupCommit _commit;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _closing = new();
    private List<WriteOp> _open = [];
    private readonly bool _simulated;
    private bool _closed;

    public Writer(Db db, string file, SqliteStoreOptions options, CommitFeed feed, TimeProvider time, ILogger log)
    {
        _commit = new GroupCommit(db, file, options.Hooks, feed, options.FailFast, time, log, _closing.Token);
        _simulated = options.Simulated;
        if (_simulated)
        {
            // As in closing: what the disk refuses is not tried again, because the clock stands still until somebody else moves it.
            _closing.Cancel();
            return;
        }

        new Thread(Work) { Name = "responder store writer", IsBackground = true }.Start();
    }

    public StoreHealth Health => _commit.Health;

    /// <summary>Hands work in; never waits.</summary>
    public void Post(WriteOp op)
    {
        lock (_gate)
        {
            if (!_closed && _simulated)
            {
                _commit.Run([op]);
                return;
            }

            if (!_closed)
            {
                _open.Add(op);
                if (_open.Count == 1)
                {
                    _wanted.Set();
                }

                return;
            }
        }

        op.Abandon(new StoreClosedException("The store is closed."));
    }

    /// <summary>Hands work in and waits until it is on disk.</summary>
    public Task<T> DoAsync<T>(Func<Db, DateTimeOffset, T> work, CancellationToken cancel)
    {
        var op = new SmallOp<T>(work);
        Post(op);
        return op.Done.WaitAsync(cancel);
    }

    /// <summary>Writes what was handed in, where it can, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _closed = true;
        }

        if (_simulated)
        {
            _commit.Close();
        }
        else
        {
            await _closing.CancelAsync();
            _wanted.Set();
            await _ended.Task;
        }

        _closing.Dispose();
        _wanted.Dispose();
    }

    private void Work()
    {
        List<WriteOp> spare = [];
        while (true)
        {
            List<WriteOp> group;
            bool closed;
            lock (_gate)
            {
                (group, _open, closed) = (_open, spare, _closed);
            }

            if (group.Count > 0)
            {
                _commit.Run(group);
                group.Clear();
                spare = group;
            }
            else if (closed)
            {
                break;
            }
            else
            {
                spare = group;
                _commit.Rest();
                _wanted.WaitOne();
            }
        }

        _commit.Close();
        _ended.SetResult();
    }
}
