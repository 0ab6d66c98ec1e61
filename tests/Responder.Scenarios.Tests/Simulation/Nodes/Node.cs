using Responder.Engine.Host;
using Responder.Engine.Reports;
using Responder.Engine.Runs;
using Responder.Scenarios.Tests.Simulation.Products;

namespace Responder.Scenarios.Tests.Simulation.Nodes;

/// <summary>One start of a node: the real engine, over the ports of its process.</summary>
internal sealed class Node
{
    private readonly World _world;
    private readonly NodeLog _log = new();
    private int _sweep;

    public Node(World world, SimProcess process)
    {
        (_world, Process, StartedAt) = (world, process, process.Clock.GetUtcNow());
        var journal = new ProcessJournal(world.Mutant.Store(world.Store.Journal, world), process, world);
        var queries = new ProcessQueries(world.Store.Queries, journal, process, world);
        Services = new RunServices
        {
            Journal = world.Mutant.Port(journal, world),
            Artifacts = world.Store.Artifacts,
            Queries = queries,
            Events = new ProcessInbox(world.Store.Inbox, process, world),
            Connections = new SimConnections(world, process),
            Policy = world.Mutant.Policy(world),
            Time = process.Clock,
            Log = _log,
            Owner = process.Owner,
            Clock = new ClockWatch(process.Clock, world.Mutant.Awake(process.Clock.GetUtcNow()), _log),
            Limits = world.Mutant.Limits,
            Report = (entries, now) => ReportMarkdown.Write(IncidentReport.From(entries, now)),
        };
        var plans = new PlanCache(world.Store.Definitions, Services.Connections.Catalog);
        Host = new RunHost(Services, plans, queries);
        Starter = new RunStarter(Services, plans, Host, new SimIds(process.Owner));
        Keeper = new LeaseKeeper(Services, Starter, null);
        Sweeper = new Sweeper(Services, queries, new Router(world, this)) { LeftToNewer = () => Host.LeftNow };
    }

    public SimProcess Process { get; }

    /// <summary>When it was started.</summary>
    public DateTimeOffset StartedAt { get; }

    public RunServices Services { get; }

    public RunHost Host { get; }

    public RunStarter Starter { get; }

    public Sweeper Sweeper { get; }

    public LeaseKeeper Keeper { get; }

    public IEnumerable<string> Errors => _log.Errors;

    /// <summary>Sweeps after a time, in place of what was planned.</summary>
    public void SweepIn(TimeSpan wait)
    {
        var sweep = ++_sweep;
        _world.Agenda.In(wait, () =>
        {
            if (sweep == _sweep)
            {
                Process.Post(_ => _ = SweepAsync(sweep), null);
            }
        });
    }

    /// <summary>Is stopped in good order, as by SIGTERM.</summary>
    public void Leave() => Process.Post(_ => _ = LeaveAsync(), null);

    private async Task SweepAsync(int sweep)
    {
        try
        {
            await Sweeper.OnceAsync(CancellationToken.None);
            await Keeper.OnceAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            _world.Violate(0, $"a sweep failed: {exception}");
        }

        if (sweep == _sweep)
        {
            SweepIn(_world.Cluster.NextSweep());
        }
    }

    private async Task LeaveAsync()
    {
        await Host.DisposeAsync();
        _world.Kill(Process);
    }
}

/// <summary>Reaches the node that drives a run, as the hosts of several nodes do.</summary>
internal sealed class Router(World world, Node node) : IRunHost
{
    public Task WakeAsync(string runId)
    {
        if (world.Cluster.HolderOf(runId) is { } holder && holder != node)
        {
            holder.Process.Post(_ => _ = holder.Host.WakeAsync(runId), null);
            return Task.CompletedTask;
        }

        return node.Host.WakeAsync(runId);
    }

    public Task<SignalResult> SignalAsync(string runId, RunSignal signal) => node.Host.SignalAsync(runId, signal);
}

/// <summary>Ids that are the same each time.</summary>
internal sealed class SimIds(string owner) : IIds
{
    private int _last;

    public string New() => $"{owner.Replace('/', '-')}-{++_last:D3}";
}
