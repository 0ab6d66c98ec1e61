namespace Responder.Hosting.Testing.Simulation;

/// <summary>
/// One thread for all that a simulation does: what follows from an await waits here until it is its turn, so that the same test does the same in the
/// same order each time, and "nothing is at work" is a question with an answer.
/// </summary>
internal sealed class Pump : SynchronizationContext
{
    private readonly Lock _turn = new();
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _queue = new();

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_turn)
        {
            _queue.Enqueue((d, state));
        }
    }

    /// <inheritdoc/>
    public override void Send(SendOrPostCallback d, object? state) => d(state);

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs something on this thread, with all that follows from it at the same time; its awaits come back here.</summary>
    /// <param name="work">The work, which calls <see cref="Drain"/>.</param>
    public T Run<T>(Func<T> work)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            return work();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    /// <summary>Does what waits until nothing does.</summary>
    /// <param name="cancel">Ends it between two things.</param>
    public void Drain(CancellationToken cancel)
    {
        while (Next() is var (callback, state))
        {
            cancel.ThrowIfCancellationRequested();
            callback(state);
        }
    }

    /// <summary>Waits for something that needs no time to pass.</summary>
    /// <param name="task">What is waited for.</param>
    /// <param name="cancel">Ends waiting.</param>
    /// <exception cref="InvalidOperationException">It is not done when nothing is left to do.</exception>
    public T Await<T>(Task<T> task, CancellationToken cancel)
    {
        Drain(cancel);
        return task.IsCompleted ? task.GetAwaiter().GetResult() : throw new InvalidOperationException("Something waits for more than the simulation does.");
    }

    private (SendOrPostCallback Callback, object? State)? Next()
    {
        lock (_turn)
        {
            return _queue.TryDequeue(out var next) ? next : null;
        }
    }
}
