namespace Responder.Scenarios.Tests.Simulation.Time;

/// <summary>The clock of one process: timers fire in it, late where it stands still, never where it is dead; its wall clock can be set wrong.</summary>
/// <param name="agenda">The world's clock.</param>
/// <param name="process">Where timers fire.</param>
internal sealed class ProcessClock(Agenda agenda, SynchronizationContext process) : TimeProvider
{
    /// <summary>How far the wall clock is off.</summary>
    public TimeSpan Off { get; set; }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => agenda.Now + Off;

    public override long GetTimestamp() => agenda.Now.UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(ProcessClock clock, TimerCallback callback, object? state) : ITimer
    {
        private readonly Agenda _agenda = clock.Agenda;
        private int _setting;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var setting = ++_setting;
            if (dueTime >= TimeSpan.Zero)
            {
                _agenda.In(dueTime, () => Due(setting, period));
            }

            return true;
        }

        public void Dispose() => _setting++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Due(int setting, TimeSpan period)
        {
            if (setting != _setting)
            {
                return;
            }

            clock.Process.Post(_ => Fire(setting), null);
            if (period > TimeSpan.Zero)
            {
                _agenda.In(period, () => Due(setting, period));
            }
        }

        private void Fire(int setting)
        {
            if (setting == _setting)
            {
                callback(state);
            }
        }
    }

    private Agenda Agenda => agenda;

    private SynchronizationContext Process => process;
}
