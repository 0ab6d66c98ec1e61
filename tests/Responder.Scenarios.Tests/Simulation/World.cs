using Responder.Engine.Policy;
using Responder.Scenarios.Tests.Simulation.Mutants;
using Responder.Scenarios.Tests.Simulation.Nodes;
using Responder.Scenarios.Tests.Simulation.People;
using Responder.Scenarios.Tests.Simulation.Playbooks;
using Responder.Scenarios.Tests.Simulation.Products;
using Responder.Scenarios.Tests.Simulation.Promises;
using Responder.Scenarios.Tests.Simulation.Time;
using Responder.Storage;

namespace Responder.Scenarios.Tests.Simulation;

/// <summary>
/// A whole installation on one thread: nodes that run the real engine over one real store, products, people, and bad luck. Everything that happens
/// follows from the seed.
/// </summary>
internal sealed class World
{
    private const int MostSteps = 400_000;
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    private readonly List<string> _violations = [];
    private readonly Dice _dice;
    private readonly Dice _luck;

    public World(Scenario scenario, IStore store, Mutant mutant)
    {
        Scenario = scenario;
        Mutant = mutant;
        Policy = scenario.TightLimits ? SimPolicy.Tight : PolicyRules.BuiltIn;
        Store = store;
        var dice = new Dice(scenario.Seed);
        _dice = dice.Split("order");
        _luck = dice.Split("luck");
        ProductDice = dice.Split("products");
        Agenda = new Agenda(Start);
        Net = new Network(dice.Split("network"));
        Product = new Product(this, dice.Split("calls"));
        Cluster = new Cluster(this, dice.Split("cluster"));
        Library = new Library(dice.Split("playbooks"));
        Crowd = new Crowd(this, dice.Split("people"));
        Record.MadeOf += Library.Learn(store.Definitions);
        Promises = Promise.All(this);
    }

    public Scenario Scenario { get; }

    /// <summary>What the nodes go by: the built-in policy, or one with few effects and short leases.</summary>
    public PolicyRules Policy { get; }

    /// <summary>What is wrong on purpose.</summary>
    public Mutant Mutant { get; }

    public IStore Store { get; }

    public Agenda Agenda { get; }

    public Network Net { get; }

    public CommitRecord Record { get; } = new();

    public Product Product { get; }

    public Dice ProductDice { get; }

    public Cluster Cluster { get; }

    public Library Library { get; }

    public Crowd Crowd { get; }

    public IReadOnlyList<Promise> Promises { get; }

    public int Trouble => Scenario.Trouble;

    /// <summary>The store can't write just now.</summary>
    public bool DiskIsFull { get; set; }

    /// <summary>How many boundaries were passed.</summary>
    public int Boundaries { get; private set; }

    /// <summary>How many things were done.</summary>
    public int Steps { get; private set; }

    /// <summary>What was promised and not kept.</summary>
    public IReadOnlyList<string> Violations => _violations;

    /// <summary>Runs it until every run has ended, something is wrong, or nothing moves any more.</summary>
    public void Run()
    {
        Cluster.Start();
        Crowd.Start();
        new Weather(this, _luck.Split("weather")).Start();
        while (_violations.Count == 0 && !Crowd.IsDone)
        {
            if (++Steps > MostSteps || Agenda.Now - Start > Longest)
            {
                Violate(4, $"not at rest after {Steps} steps and {Agenda.Now - Start}: {Crowd.Open}");
            }
            else if (Cluster.PickReady(_dice) is { } process)
            {
                process.Step(_dice);
            }
            else if (Agenda.Next is not null)
            {
                Agenda.Step();
            }
            else
            {
                Violate(4, $"nothing is to come any more, and not all has ended: {Crowd.Open}");
            }
        }

        foreach (var promise in Promises)
        {
            if (_violations.Count == 0)
            {
                promise.AtEnd();
            }
        }
    }

    /// <summary>A process is at a place where it could die or stand still.</summary>
    public void Pass(SimProcess process, Boundary boundary)
    {
        if (!process.IsAlive)
        {
            return;
        }

        Boundaries++;
        if (Scenario.DieAt is { } place)
        {
            if (place == Boundaries)
            {
                Kill(process);
            }

            return;
        }

        var luck = _luck.Int(10_000);
        if (luck < Scenario.Deaths)
        {
            Kill(process);
        }
        else if (luck < Scenario.Deaths + Scenario.Stalls || (boundary == Boundary.AfterIntent && luck < (Scenario.Deaths + Scenario.Stalls) * 2))
        {
            Cluster.Stall(process, _luck.Of([TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(75)]));
        }
    }

    public void Kill(SimProcess process) => Cluster.Kill(process);

    /// <summary>The processes that one of them believes to be alive.</summary>
    public IReadOnlyCollection<string> Members(SimProcess seenFrom) => Cluster.Members(seenFrom);

    public void Violate(int promise, string what) => _violations.Add($"promise {promise}: {what}");

    public void LoopFailed(string runId, string reason) => Violate(0, $"run {runId}: its loop failed: {reason}");
}
