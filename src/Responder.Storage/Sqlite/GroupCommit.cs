using Microsoft.Extensions.Logging;
using Responder.Engine.Journal;

namespace Responder.Storage.Sqlite;

/// <summary>
/// Puts a group of work into one transaction, and holds on to it until it is on disk. What fails on its own data is found by trying each alone and
/// is the only one refused; a disk that fails is waited for.
/// </summary>
internal sealed partial class GroupCommit(
    Db db, string file, WriterHooks hooks, CommitFeed feed, Action<string> failFast, TimeProvider time, ILogger log, CancellationToken closing)
{
    private static readonly Sql Savepoint = new("SAVEPOINT one");
    private static readonly Sql Release = new("RELEASE one");
    private static readonly Sql BackToSavepoint = new("ROLLBACK TO one");
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly Checkpoints _checkpoints = new(db);
    private readonly List<(WriteOp Op, Exception Why)> _refused = [];
    private volatile StoreHealth _health = StoreHealth.Ok;
    private StoreClosedException? _dead;

    public StoreHealth Health => _health;

    public void Run(List<WriteOp> group)
    {
        if (_dead is null && Persist(group))
        {
            Tell(group);
            Checkpoint(() => _checkpoints.AfterCommit());
        }
        else
        {
            foreach (var op in group)
            {
                op.Abandon(_dead ?? new StoreClosedException($"The store closed while it could not write. {_health.Reason}"));
            }
        }
    }

    /// <summary>Nothing is to be done just now.</summary>
    public void Rest() => Checkpoint(() => _checkpoints.AtRest());

    public void Close() => db.Dispose();

    private bool Persist(List<WriteOp> group)
    {
        var eachAlone = false;
        var unknown = false;
        var pause = FirstPause;
        while (true)
        {
            var applied = false;
            try
            {
                hooks.Beginning?.Invoke(db);
                if (!(unknown && IsIn(group)))
                {
                    unknown = false;
                    db.Begin();
                    Apply(group, eachAlone);
                    applied = true;
                    hooks.Committing?.Invoke(db);
                    db.Commit();
                    hooks.Committed?.Invoke(db);
                }

                SetHealthy();
                return true;
            }
            catch (Exception failure)
            {
                // Where the transaction is still open it was not committed. Where COMMIT failed and it is not, nobody knows.
                unknown |= applied && !db.InTransaction;
                if (SqliteFault.IsFsync(failure))
                {
                    Die(failure);
                    return false;
                }

                TakeBack();
                if (!applied && !eachAlone && SqliteFault.IsData(failure))
                {
                    eachAlone = true;
                    continue;
                }

                SetUnhealthy(failure);
                if (closing.IsCancellationRequested)
                {
                    return false;
                }
            }

            Wait(pause);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private void Apply(List<WriteOp> group, bool eachAlone)
    {
        var now = time.GetUtcNow();
        _refused.Clear();
        foreach (var op in group)
        {
            if (eachAlone)
            {
                ApplyAlone(op, now);
            }
            else
            {
                op.Apply(db, now);
            }
        }
    }

    private void ApplyAlone(WriteOp op, DateTimeOffset now)
    {
        db.Run(Savepoint);
        try
        {
            op.Apply(db, now);
        }
        catch (Exception failure) when (SqliteFault.IsData(failure) && db.InTransaction)
        {
            db.Run(BackToSavepoint);
            _refused.Add((op, failure));
        }

        db.Run(Release);
    }

    // One transaction: what holds for one of the group holds for all. Where none can tell, doing all again is harmless.
    private bool IsIn(List<WriteOp> group)
    {
        foreach (var op in group)
        {
            if (_refused.Exists(one => one.Op == op))
            {
                continue;
            }

            if (op.IsIn(db) is { } answer)
            {
                return answer;
            }
        }

        return false;
    }

    private void Tell(List<WriteOp> group)
    {
        foreach (var (op, why) in _refused)
        {
            Refused(log, why.Message, why);
            op.Refuse(why);
        }

        foreach (var op in group)
        {
            if (_refused.Count == 0 || !_refused.Exists(one => one.Op == op))
            {
                op.Complete();
                op.Publish(feed);
            }
        }
    }

    private void TakeBack()
    {
        try
        {
            db.Rollback();
        }
        catch (Microsoft.Data.Sqlite.SqliteException failure)
        {
            RollbackFailed(log, failure.Message);
        }
    }

    private void Checkpoint(Action checkpoint)
    {
        try
        {
            checkpoint();
        }
        catch (Exception failure) when (SqliteFault.IsFsync(failure))
        {
            Die(failure);
        }
        catch (Microsoft.Data.Sqlite.SqliteException failure)
        {
            CheckpointFailed(log, failure.Message);
        }
    }

    private void Wait(TimeSpan pause)
    {
        try
        {
            Task.Delay(pause, time, closing).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            // Closing: one last try.
        }
    }

    private void Die(Exception failure)
    {
        var why = $"Writing '{file}' to disk failed: {failure.Message}. What of the last commits is on disk is not known, so Responder ends; "
            + "when it starts again it goes on from what is there. Check the disk.";
        _health = new StoreHealth(false, time.GetUtcNow(), why);
        _dead = new StoreClosedException(why);
        FsyncFailed(log, why);
        failFast(why);
    }

    private void SetHealthy()
    {
        if (!_health.CanWrite)
        {
            WritesAgain(log, file, _health.Since);
            _health = StoreHealth.Ok;
        }
    }

    private void SetUnhealthy(Exception failure)
    {
        var why = SqliteFault.Explain(failure, file);
        if (_health.CanWrite || _health.Reason != why)
        {
            CannotWrite(log, why);
            _health = new StoreHealth(false, _health.Since ?? time.GetUtcNow(), why);
        }
    }

    [LoggerMessage(1401, LogLevel.Critical, "{Why}")]
    private static partial void FsyncFailed(ILogger log, string why);

    [LoggerMessage(1402, LogLevel.Error, "The store can't write. {Why}")]
    private static partial void CannotWrite(ILogger log, string why);

    [LoggerMessage(1403, LogLevel.Information, "The store writes '{File}' again; it could not since {Since}")]
    private static partial void WritesAgain(ILogger log, string file, DateTimeOffset? since);

    [LoggerMessage(1404, LogLevel.Error, "The store refused what it was given: {Why}")]
    private static partial void Refused(ILogger log, string why, Exception failure);

    [LoggerMessage(1405, LogLevel.Warning, "A transaction could not be taken back: {Why}")]
    private static partial void RollbackFailed(ILogger log, string why);

    [LoggerMessage(1406, LogLevel.Warning, "The write-ahead log could not be moved into the database; it is tried again: {Why}")]
    private static partial void CheckpointFailed(ILogger log, string why);
}
