namespace Responder.Engine.Host;

/// <summary>
/// In a storm of alerts the runs begin in turn: those that have begun are brought on while the others wait in their order as what was accepted, and not all at
/// once with a connection, a state and work on the processor each, in the way of the alerts that are still coming in. A run is in nobody's way for longer than
/// <see cref="Turn"/>, however long its calls take.
/// </summary>
/// <param name="most">So many have their turn at once.</param>
/// <param name="time">The clock.</param>
internal sealed class BeginningRuns(int most, TimeProvider time)
{
    /// <summary>How long a turn lasts at most.</summary>
    public static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource> _waiting = [];
    private int _entered;

    /// <summary>Waits for a turn, first come first served. Dispose it when the run is over or only waits.</summary>
    public async Task<IDisposable> EnterAsync()
    {
        await ComeInAsync();
        return new Entered(this, time);
    }

    private Task ComeInAsync()
    {
        lock (_lock)
        {
            if (_entered < most)
            {
                _entered++;
                return Task.CompletedTask;
            }

            var place = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(place);
            return place.Task;
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (_waiting.TryDequeue(out var next))
            {
                next.SetResult();
            }
            else
            {
                _entered--;
            }
        }
    }

    private sealed class Entered : IDisposable
    {
        private readonly ITimer _timer;
        private BeginningRuns? _runs;

        public Entered(BeginningRuns runs, TimeProvider time)
        {
            _runs = runs;
            _timer = time.CreateTimer(static one => ((Entered)one!).Leave(), this, Turn, Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            _timer.Dispose();
            Leave();
        }

        private void Leave() => Interlocked.Exchange(ref _runs, null)?.Leave();
    }
}
