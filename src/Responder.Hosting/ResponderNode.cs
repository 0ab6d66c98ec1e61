using Microsoft.Extensions.Logging;
using Responder.Engine.Host;
using Responder.Engine.Journal;
using Responder.Engine.Policy;
using Responder.Engine.Reports;
using Responder.Engine.Runs;
using Responder.Hosting.Connections;
using Responder.Playbooks.Language;
using Responder.Storage;

namespace Responder.Hosting;

/// <summary>All pieces of a node joined: store, connections, playbooks, engine. Used by the program's verbs, the server and tests of playbooks alike.</summary>
public sealed class ResponderNode : IAsyncDisposable
{
    private readonly CancellationTokenSource _sweeping = new();
    private readonly Lock _lock = new();
    private Task? _sweep;

    private ResponderNode(IStore store, ConnectionSet connections, TimeProvider time, ILoggerFactory logs, IPolicy policy)
    {
        Store = store;
        Connections = connections;
        connections.Answers.KeepKeyIn(store.Settings);
        var ids = new Ids(time);
        Services = new RunServices
        {
            Journal = store.Journal,
            Artifacts = store.Artifacts,
            Events = store.Inbox,
            Queries = store.Queries,
            Connections = connections,
            Policy = policy,
            Time = time,
            Log = logs.CreateLogger("Responder.Runs"),
            Owner = $"{Environment.MachineName}/{Environment.ProcessId}/{ids.New()}",
            Clock = new ClockWatch(time, time.GetUtcNow(), logs.CreateLogger("Responder.Clock")),
            Report = (journal, now) => ReportMarkdown.Write(IncidentReport.From(journal, now)),
        };
        Ids = ids;
        Plans = new PlanCache(store.Definitions, connections.Catalog);
        Host = new RunHost(Services, Plans, store.Queries);
        Runs = new Router(Host);
        Starter = new RunStarter(Services, Plans, Runs, ids);
        Sweeper = new Sweeper(Services, store.Queries, Runs) { LeftToNewer = () => Host.LeftNow };
    }

    /// <summary>The store.</summary>
    public IStore Store { get; }

    /// <summary>The connections.</summary>
    public ConnectionSet Connections { get; }

    /// <summary>What run loops share.</summary>
    public RunServices Services { get; }

    /// <summary>Makes ids.</summary>
    public IIds Ids { get; }

    /// <summary>Definitions.</summary>
    public PlanCache Plans { get; }

    /// <summary>Drives runs in this process.</summary>
    public RunHost Host { get; }

    /// <summary>Wakes and tells runs wherever they are: in this process, or on the node of the cluster that has them.</summary>
    public IRunHost Runs { get; }

    /// <summary>Starts runs.</summary>
    public RunStarter Starter { get; }

    /// <summary>Finds runs that are due or have lost their owner.</summary>
    public Sweeper Sweeper { get; }

    /// <summary>How playbooks are read here.</summary>
    public ReadOptions ReadOptions => new() { Catalog = Connections.Catalog, Connections = Connections.Served() };

    /// <summary>Joins the pieces. The node owns the store and the connections from here on.</summary>
    public static ResponderNode Start(IStore store, ConnectionSet connections, TimeProvider time, ILoggerFactory logs, IPolicy? policy = null) =>
        new(store, connections, time, logs, policy ?? PolicyRules.BuiltIn);

    /// <summary>The node is a member of a cluster from here on.</summary>
    /// <param name="cluster">By way of whom runs are woken and told.</param>
    /// <param name="liveOwners">The owners who live, this one among them; null where that is not known just now.</param>
    public void Join(IRunHost cluster, Func<IReadOnlyCollection<string>?> liveOwners)
    {
        ((Router)Runs).To = cluster;
        Host.Cluster = cluster;
        Sweeper.LiveOwners = liveOwners;
    }

    /// <summary>Begins to sweep: recovery at start, and every two seconds. To begin again changes nothing.</summary>
    public void Sweep()
    {
        lock (_lock)
        {
            _sweep ??= Sweeper.RunAsync(_sweeping.Token);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _sweeping.CancelAsync();
        await (_sweep ?? Task.CompletedTask);
        await Host.DisposeAsync();
        await Store.DisposeAsync();
        await Connections.DisposeAsync();
        _sweeping.Dispose();
    }

    private sealed class Router(IRunHost here) : IRunHost
    {
        public IRunHost To { get; set; } = here;

        public Task WakeAsync(string runId) => To.WakeAsync(runId);

        public Task BeginAsync(StoredRun admitted) => To.BeginAsync(admitted);

        public Task<SignalResult> SignalAsync(string runId, RunSignal signal) => To.SignalAsync(runId, signal);
    }
}
