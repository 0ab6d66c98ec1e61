using Responder.Scenarios.Tests.Simulation.Time;

namespace Responder.Scenarios.Tests.Simulation.Nodes;

/// <summary>The nodes: which are up, who is believed to be, where a run is driven.</summary>
/// <param name="world">The world.</param>
/// <param name="dice">Chance.</param>
internal sealed class Cluster(World world, Dice dice)
{
    /// <summary>So long it takes until the others believe that a process is dead.</summary>
    private static readonly TimeSpan Detection = TimeSpan.FromSeconds(10);

    private readonly List<Node> _all = [];
    private readonly Node?[] _up = new Node?[world.Scenario.Nodes];
    private DateTimeOffset _restless;

    /// <summary>Every start there was.</summary>
    public int Starts => _all.Count;

    /// <summary>Errors that nodes logged.</summary>
    public IEnumerable<string> Errors => _all.SelectMany(node => node.Errors);

    /// <summary>The start that goes by a name.</summary>
    public Node? Named(string? owner) => _all.Find(node => node.Process.Owner == owner);

    public IEnumerable<Node> Up => _up.OfType<Node>();

    public void Start()
    {
        for (var slot = 0; slot < _up.Length; slot++)
        {
            Open(slot);
        }
    }

    /// <summary>A process that has something to do and may.</summary>
    public SimProcess? PickReady(Dice order)
    {
        var ready = Up.Select(node => node.Process).Where(process => process.CanStep).ToList();
        return ready.Count == 0 ? null : ready.Count == 1 ? ready[0] : order.Of(ready);
    }

    /// <summary>A node that is up, for those who come from outside; null where none answers.</summary>
    public Node? Any(Dice chance)
    {
        var up = Up.Where(node => node.Process.StalledSince is null).ToList();
        return up.Count == 0 ? null : chance.Of(up);
    }

    /// <summary>The node that drives a run, as the membership has it.</summary>
    public Node? HolderOf(string runId)
    {
        var taker = world.Record.Run(runId)?.Taker;
        return Up.FirstOrDefault(node => node.Process.Owner == taker && !IsSuspected(node.Process) && node.Host.IsLive(runId));
    }

    public IReadOnlyCollection<string> Members(SimProcess seenFrom) =>
        [.. _all.Select(node => node.Process).Where(process => process == seenFrom || (_up.Length > 1 && !IsSuspected(process))).Select(process => process.Owner)];

    public void Kill(SimProcess process)
    {
        if (!process.IsAlive)
        {
            return;
        }

        process.Kill();
        var slot = Array.FindIndex(_up, node => node?.Process == process);
        _up[slot] = null;
        world.Agenda.In(dice.Of([TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(40)]), () => Open(slot));
        world.Agenda.In(Detection, Poke);
    }

    public void Stall(SimProcess process, TimeSpan time)
    {
        if (process.StalledSince is not null)
        {
            return;
        }

        process.Stall();
        world.Agenda.In(Detection, Poke);
        world.Agenda.In(time, () =>
        {
            process.GoOn();
            Poke();
        });
    }

    /// <summary>Something changed that no row tells of: the sweeps look every two seconds for a while.</summary>
    public void Poke()
    {
        _restless = world.Agenda.Now + Detection;
        foreach (var node in Up)
        {
            node.SweepIn(TimeSpan.FromSeconds(2));
        }
    }

    /// <summary>When a node must sweep again so that nothing is later than if it swept every two seconds.</summary>
    public TimeSpan NextSweep()
    {
        var now = world.Agenda.Now;
        var soon = TimeSpan.FromMilliseconds(dice.Between(1800, 2200));
        if (now < _restless)
        {
            return soon;
        }

        var wait = TimeSpan.FromHours(1);
        foreach (var run in world.Record.Runs.Where(run => run.State.Ended is null && !Up.Any(node => node.Host.IsLive(run.RunId))))
        {
            if (run.Row is not { Owned: false, Status: not Responder.Engine.RunStatus.Running } row)
            {
                return soon;
            }

            var due = row.DueAt - now;
            wait = due < wait ? due.Value : wait;
        }

        return wait < soon ? soon : wait;
    }

    private bool IsSuspected(SimProcess process) =>
        world.Agenda.Now - (process.DiedAt ?? process.StalledSince ?? world.Agenda.Now) >= Detection;

    private void Open(int slot)
    {
        var node = new Node(world, new SimProcess(world.Agenda, $"node{slot + 1}/{_all.Count + 1}"));
        _all.Add(node);
        _up[slot] = node;
        node.SweepIn(dice.Milliseconds(10, 200));
    }
}
