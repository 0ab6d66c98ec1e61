namespace Responder.Hosting.Testing.Simulation;

/// <summary>A clock that stands still until it is moved, and then calls what is due on the way, in the order of its time.</summary>
/// <param name="start">The time at first.</param>
internal sealed class SimulatedTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _turn = new();
    private readonly PriorityQueue<(Timer Timer, long Version), (DateTimeOffset Due, long Order)> _due = new();
    private DateTimeOffset _now = start;
    private long _order;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>When the next timer is due; null where none waits.</summary>
    public DateTimeOffset? Next
    {
        get
        {
            lock (_turn)
            {
                DropStale();
                return _due.TryPeek(out _, out var at) ? at.Due : null;
            }
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_turn)
        {
            return _now;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock to a time, and calls each timer that is due by then.</summary>
    /// <param name="time">The time; one that has passed changes nothing.</param>
    public void MoveTo(DateTimeOffset time)
    {
        while (Take(time) is { } timer)
        {
            timer.Fire();
        }
    }

    private Timer? Take(DateTimeOffset time)
    {
        lock (_turn)
        {
            DropStale();
            if (_due.TryPeek(out var entry, out var at) && at.Due <= time)
            {
                _due.Dequeue();
                _now = at.Due > _now ? at.Due : _now;
                entry.Timer.Again();
                return entry.Timer;
            }

            _now = time > _now ? time : _now;
            return null;
        }
    }

    private void DropStale()
    {
        while (_due.TryPeek(out var entry, out _) && entry.Timer.Version != entry.Version)
        {
            _due.Dequeue();
        }
    }

    private sealed class Timer(SimulatedTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        /// <summary>Which of its settings holds: an entry of an earlier one is stale.</summary>
        public long Version { get; private set; }

        public void Fire() => callback(state);

        public void Again()
        {
            if (_period > TimeSpan.Zero)
            {
                Enqueue(_period);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._turn)
            {
                Version++;
                _period = period;
                if (dueTime >= TimeSpan.Zero)
                {
                    Enqueue(dueTime);
                }
            }

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Enqueue(TimeSpan wait) => time._due.Enqueue((this, Version), (time._now + wait, ++time._order));
    }
}
