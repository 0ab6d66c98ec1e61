namespace Responder.Storage;

/// <summary>
/// The one writer of this process: a thread with the one connection that writes journals. It takes all that was handed in since it last looked, in that
/// order, and puts it into one transaction. It does not linger for more: while one group's fsync runs, the next group gathers.
/// </summary>
internal sealed class Writer : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly AutoResetEvent _wanted = new(false);
    private readonly GroupCommit _commit;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _closing = new();
    private readonly bool _simulated;
    private List<WriteOp> _open = [];
    private bool _closed;

    /// <summary>Begins.</summary>
    /// <param name="commit">How groups come to the disk; told when the store closes.</param>
    /// <param name="simulated">True where work is done on the caller's thread.</param>
    public Writer(Func<CancellationToken, GroupCommit> commit, bool simulated)
    {
        _commit = commit(_closing.Token);
        _simulated = simulated;
        if (_simulated)
        {
            // As in closing: what the disk refuses is not tried again, because the clock stands still until somebody else moves it.
            _closing.Cancel();
            return;
        }

        new Thread(Work) { Name = "responder store writer", IsBackground = true }.Start();
    }

    public Engine.Journal.StoreHealth Health => _commit.Health;

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
