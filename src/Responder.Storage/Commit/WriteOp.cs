using Responder.Storage.Audit;

namespace Responder.Storage;

/// <summary>One piece of work for the writer. It may be tried again when its transaction is: it decides from the database alone.</summary>
internal abstract class WriteOp
{
    /// <summary>About how many bytes it sends to the database.</summary>
    public virtual int Weight => 256;

    /// <summary>What it adds to the audit's chain, where it is written.</summary>
    public virtual IReadOnlyList<AuditItem> Audited => [];

    /// <summary>Whether one of them was written, by what came of the last try.</summary>
    public virtual bool IsKept(AuditItem item) => true;

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

    public Task<T> Done => _done.Task;

    /// <summary>What came of the last try.</summary>
    public T Result { get; protected set; } = default!;

    public sealed override void Complete() => _done.TrySetResult(Result);

    public override void Refuse(Exception failure) =>
        _done.TrySetException(new StoreRefusedException($"The store can't keep this: {failure.Message}", failure));

    public sealed override void Abandon(Exception why) => _done.TrySetException(why);

    /// <summary>For one whose refusal is an answer.</summary>
    protected void Answer(T result) => _done.TrySetResult(result);
}
