using Responder.Scenarios.Tests.Simulation.Time;

namespace Responder.Scenarios.Tests.Simulation.Nodes;

/// <summary>
/// One process of a node, from its start to its death. All that it does is done on the one thread of the simulation, when the world lets it: it can be
/// stopped for a while between any two awaits, and killed, after which nothing of it ever runs again.
/// </summary>
internal sealed class SimProcess : SynchronizationContext
{
    private readonly List<(SendOrPostCallback Callback, object? State)> _ready = [];
    private readonly Agenda _agenda;

    public SimProcess(Agenda agenda, string owner)
    {
        (_agenda, Owner) = (agenda, owner);
        Clock = new ProcessClock(agenda, this);
    }

    /// <summary>What runs' rows name it by.</summary>
    public string Owner { get; }

    public ProcessClock Clock { get; }

    public bool IsAlive { get; private set; } = true;

    /// <summary>Since when it stands still; null where it runs.</summary>
    public DateTimeOffset? StalledSince { get; private set; }

    /// <summary>When it died.</summary>
    public DateTimeOffset? DiedAt { get; private set; }

    public bool CanStep => IsAlive && StalledSince is null && _ready.Count > 0;

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsAlive)
        {
            _ready.Add((d, state));
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("The engine does not wait for another thread.");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs one thing that is ready: mostly the oldest, now and then another, as a pool of threads does.</summary>
    public void Step(Dice dice)
    {
        var index = _ready.Count == 1 || dice.Percent(70) ? 0 : dice.Int(Math.Min(_ready.Count, 8));
        var (callback, state) = _ready[index];
        _ready.RemoveAt(index);
        Do(() => callback(state));
    }

    /// <summary>Runs something in this process; its awaits come back to it.</summary>
    public void Do(Action what)
    {
        if (!IsAlive)
        {
            return;
        }

        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            what();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    public void Kill()
    {
        IsAlive = false;
        DiedAt ??= _agenda.Now;
        _ready.Clear();
    }

    public void Stall() => StalledSince ??= _agenda.Now;

    public void GoOn() => StalledSince = null;

    /// <summary>Lets time pass in this process.</summary>
    public Task PassAsync(TimeSpan time) => Task.Delay(time, Clock);

    /// <summary>For a call that reaches out of a process which has just been killed: it never comes back.</summary>
    public static Task<T> Never<T>() => new TaskCompletionSource<T>().Task;
}
