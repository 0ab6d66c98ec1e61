namespace Responder.Storage.Sqlite;

/// <summary>
/// One piece of work for the writer. <see cref="Apply"/> may be run again when the transaction is tried again: it decides from the database alone.
/// </summary>
internal abstract class WriteOp
{
    /// <summary>Does the work in the open transaction, all or nothing: where it throws, what it wrote is taken back.</summary>
    public abstract void Apply(Db db, DateTimeOffset now);

    /// <summary>After a commit of unknown fate: whether the work is in the database. Null where it can't tell and doing it again is harmless.</summary>
    public virtual bool? IsIn(Db db) => null;

    /// <summary>The commit is on disk.</summary>
    public abstract void Complete();

    /// <summary>What it was to write can't be stored.</summary>
    public abstract void Refuse(Exception failure);

    /// <summary>The store ended before it could be written.</summary>
    public abstract void Abandon(Exception why);

    /// <summary>Tells live pages.</summary>
    public virtual void Publish(CommitFeed feed)
    {
    }
}

/// <summary>Work with a result for one who waits.</summary>
internal abstract class WriteOp<T> : WriteOp
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public Task<T> Done => _done.Task;

    public T Result => _result;

    public sealed override void Apply(Db db, DateTimeOffset now) => _result = Work(db, now);

    public sealed override void Complete() => _done.TrySetResult(_result);

    public override void Refuse(Exception failure) =>
        _done.TrySetException(new StoreRefusedException($"The store can't keep this: {failure.Message}", failure));

    public sealed override void Abandon(Exception why) => _done.TrySetException(why);

    protected abstract T Work(Db db, DateTimeOffset now);

    /// <summary>For one whose refusal is an answer.</summary>
    protected void Answer(T result) => _done.TrySetResult(result);
}

/// <summary>Small work that is its own description; doing it twice is harmless.</summary>
internal sealed class SmallOp<T>(Func<Db, DateTimeOffset, T> work) : WriteOp<T>
{
    protected override T Work(Db db, DateTimeOffset now) => work(db, now);
}
