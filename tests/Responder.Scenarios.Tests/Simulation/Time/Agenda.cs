namespace Responder.Scenarios.Tests.Simulation.Time;

/// <summary>The world's clock, which stands still until nothing is left to do, and what is to happen when.</summary>
/// <param name="start">The time at first.</param>
internal sealed class Agenda(DateTimeOffset start)
{
    private readonly PriorityQueue<Action, (DateTimeOffset At, long Order)> _entries = new();
    private long _order;

    public DateTimeOffset Now { get; private set; } = start;

    /// <summary>When the next thing is; null where nothing is to come.</summary>
    public DateTimeOffset? Next => _entries.TryPeek(out _, out var at) ? at.At : null;

    public void In(TimeSpan wait, Action what) => At(Now + (wait > TimeSpan.Zero ? wait : TimeSpan.Zero), what);

    public void At(DateTimeOffset time, Action what) => _entries.Enqueue(what, (time > Now ? time : Now, ++_order));

    /// <summary>Moves the clock to the next thing and lets it happen.</summary>
    public void Step()
    {
        var what = _entries.TryPeek(out _, out var at) ? _entries.Dequeue() : throw new InvalidOperationException("Nothing is to come.");
        Now = at.At;
        what();
    }
}
