namespace Responder.Scenarios.Tests.Simulation.Promises;

/// <summary>One of the things that must always hold: it listens to what is committed and what is sent, and looks at all of it at the end.</summary>
internal abstract class Promise(World world)
{
    /// <summary>Every promise. One that is new is added here.</summary>
    public static IReadOnlyList<Promise> All(World world) =>
    [
        new IntentBeforeEffect(world), new NoBlindRepeat(world), new OneWriter(world), new NothingAcceptedIsLost(world), new ApprovedAsShown(world),
        new DecidedOnce(world), new NoSecrets(world), new SwitchAndLocks(world), new BetweenEffects(world), new OnlyWhatIsCommitted(world), new QuotasHold(world), new TakenBackOnce(world), new TheEstateIsAsItWas(world), new TheJournalIsTrue(world), new TheFoldIsPure(world),
    ];

    protected World World => world;

    /// <summary>Its number in docs/engine.md; 0 for what is not one of them.</summary>
    public abstract int Number { get; }

    /// <summary>Called when every run has ended.</summary>
    public virtual void AtEnd()
    {
    }

    protected void Broken(string what) => world.Violate(Number, what);
}
