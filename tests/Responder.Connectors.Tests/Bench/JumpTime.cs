namespace Responder.Connectors.Tests.Bench;

/// <summary>
/// A clock that jumps: whoever waits is woken at once and finds the time that it waited for. For connectors over an emulator, where waits
/// (polling, retries) are real to both sides and sockets need real milliseconds.
/// </summary>
public sealed class JumpTime(DateTimeOffset start) : TimeProvider
{
    private long _ticks = start.UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime <= TimeSpan.Zero)
        {
            return System.CreateTimer(callback, state, dueTime, Timeout.InfiniteTimeSpan);
        }

        Advance(dueTime);
        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
