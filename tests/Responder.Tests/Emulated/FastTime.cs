namespace Responder.Tests.Emulated;

/// <summary>A clock that goes faster than the wall's: for runs over emulators, whose sockets need real milliseconds.</summary>
/// <param name="factor">How much faster.</param>
internal sealed class FastTime(int factor) : TimeProvider
{
    private readonly DateTimeOffset _began = System.GetUtcNow();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _began + ((System.GetUtcNow() - _began) * factor);

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Timer(System.CreateTimer(callback, state, Wall(dueTime), Wall(period)), this);

    // Rounded up: who is woken too early would look at a clock that is not there yet.
    private TimeSpan Wall(TimeSpan time) => time <= TimeSpan.Zero ? time : TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds / factor) + 1);

    private sealed class Timer(ITimer inner, FastTime time) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(time.Wall(dueTime), time.Wall(period));

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
