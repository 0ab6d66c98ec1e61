using Microsoft.Extensions.Logging;
using Responder.Engine.Journal;

namespace Responder.Storage;

/// <summary>
/// Puts a group of work into one transaction, and holds on to it until it is on disk. What fails on its own data is found by trying each alone and
/// is the only one refused; a disk or a server that fails is waited for. How a transaction is made is the database's, in the classes that inherit.
/// </summary>
/// <param name="name">The database, for people.</param>
/// <param name="feed">Who is told.</param>
/// <param name="failFast">Ends the process.</param>
/// <param name="time">The clock.</param>
/// <param name="log">The log.</param>
/// <param name="closing">The store is being closed: nothing is tried more than once.</param>
internal abstract partial class GroupCommit(string name, CommitFeed feed, Action<string> failFast, TimeProvider time, ILogger log, CancellationToken closing)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly List<(WriteOp Op, Exception Why)> _refused = [];
    private volatile StoreHealth _health = StoreHealth.Ok;
    private StoreClosedException? _dead;

    public StoreHealth Health => _health;

    protected string Name => name;

    protected TimeProvider Time => time;

    protected ILogger Log => log;

    public virtual void Run(List<WriteOp> group)
    {
        if (_dead is null && Persist(group))
        {
            Tell(group);
            AfterCommit();
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
    public virtual void Rest()
    {
    }

    /// <summary>Gives the connection back.</summary>
    public abstract void Close();

    /// <summary>A new group begins; it may be tried several times.</summary>
    protected abstract void Begin();

    /// <summary>Tries once to bring the group to the disk; throws where that failed.</summary>
    /// <param name="group">All of it.</param>
    /// <param name="eachAlone">True where one of them can't be stored: each is tried for itself, and what fails is <see cref="Refused"/>.</param>
    protected abstract void Commit(List<WriteOp> group, bool eachAlone);

    /// <summary>Whose fault a failed try was; takes back what it left behind.</summary>
    protected abstract Fault Judge(Exception failure);

    /// <summary>All is on disk and told.</summary>
    protected virtual void AfterCommit()
    {
    }

    protected void Refused(WriteOp op, Exception why) => _refused.Add((op, why));

    protected bool IsRefused(WriteOp op) => _refused.Count > 0 && _refused.Exists(one => one.Op == op);

    protected void ForgetRefused() => _refused.Clear();

    private bool Persist(List<WriteOp> group)
    {
        Begin();
        _refused.Clear();
        var eachAlone = false;
        var pause = FirstPause;
        while (true)
        {
            try
            {
                Commit(group, eachAlone);
                SetHealthy();
                return true;
            }
            catch (Exception failure)
            {
                var fault = Judge(failure);
                if (fault.Kind == FaultKind.Fatal)
                {
                    Die(fault.Why);
                    return false;
                }

                if (fault.Kind == FaultKind.Data && !eachAlone)
                {
                    eachAlone = true;
                    continue;
                }

                if (fault.Kind == FaultKind.Again && !closing.IsCancellationRequested)
                {
                    continue;
                }

                SetUnhealthy(fault.Why);
                if (closing.IsCancellationRequested)
                {
                    return false;
                }
            }

            Wait(pause);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private void Tell(List<WriteOp> group)
    {
        foreach (var (op, why) in _refused)
        {
            CannotKeep(log, why.Message, why);
            op.Refuse(why);
        }

        foreach (var op in group)
        {
            if (!IsRefused(op))
            {
                // Who follows the feed from after the answer on must not be shown what was answered before.
                op.Publish(feed);
                op.Complete();
            }
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

    protected void Die(string why)
    {
        _health = new StoreHealth(false, time.GetUtcNow(), why);
        _dead = new StoreClosedException(why);
        FsyncFailed(log, why);
        failFast(why);
    }

    private void SetHealthy()
    {
        if (!_health.CanWrite)
        {
            WritesAgain(log, name, _health.Since);
            _health = StoreHealth.Ok;
        }
    }

    private void SetUnhealthy(string why)
    {
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

    [LoggerMessage(1403, LogLevel.Information, "The store writes '{Name}' again; it could not since {Since}")]
    private static partial void WritesAgain(ILogger log, string name, DateTimeOffset? since);

    [LoggerMessage(1404, LogLevel.Error, "The store refused what it was given: {Why}")]
    private static partial void CannotKeep(ILogger log, string why, Exception failure);
}

/// <summary>Whose fault a failed try was.</summary>
internal enum FaultKind
{
    /// <summary>Something in the group can't be stored, today or ever.</summary>
    Data,

    /// <summary>The disk's, the server's or the network's; it may pass.</summary>
    Passing,

    /// <summary>Two transactions met; the next try may go well at once.</summary>
    Again,

    /// <summary>Nobody can know what is on disk: the process must end.</summary>
    Fatal,
}

/// <summary>Whose fault a failed try was, and what to do next, for people.</summary>
internal readonly record struct Fault(FaultKind Kind, string Why);
