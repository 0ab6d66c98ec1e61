using Responder.Engine.Journal;
using Responder.Engine.Policy;
using Responder.Engine.Runs;
using Responder.Sdk.Catalog;

namespace Responder.Scenarios.Tests.Simulation.Mutants;

/// <summary>Something that is wrong on purpose, put round a port. This one is nothing wrong.</summary>
internal class Mutant
{
    public static Mutant None { get; } = new();

    /// <summary>Round the store, below what records the commits: a store that is wrong.</summary>
    public virtual IRunJournal Store(IRunJournal store, World world) => store;

    /// <summary>Between the engine and its journal: an engine that is wrong.</summary>
    public virtual IRunJournal Port(IRunJournal journal, World world) => journal;

    /// <summary>What the engine is told of containment in force.</summary>
    public virtual IReadOnlyList<EffectRow> InForce(IReadOnlyList<EffectRow> rows) => rows;

    /// <summary>Round a handler.</summary>
    public virtual BoundAction Action(BoundAction action) => action;

    /// <summary>In place of policy.</summary>
    public virtual IPolicy Policy(World world) => world.Policy;

    /// <summary>In place of the engine's limits.</summary>
    public virtual RunLimits Limits => new();

    /// <summary>Since when a process believes that it has been awake.</summary>
    public virtual DateTimeOffset Awake(DateTimeOffset start) => start;

    /// <summary>What a sweep finds.</summary>
    public virtual IReadOnlyList<string> Due(IReadOnlyList<string> due) => due;
}
