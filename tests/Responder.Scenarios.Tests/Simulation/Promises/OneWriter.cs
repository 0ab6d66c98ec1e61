namespace Responder.Scenarios.Tests.Simulation.Promises;

/// <summary>3: one writer to a journal, and no call of one who is not the owner any more. Each append is judged where it is committed.</summary>
internal sealed class OneWriter : Promise
{
    public OneWriter(World world)
        : base(world) => world.Product.Sent += call =>
        {
            if (World.Record.Run(call.RunId) is { } run && run.Taker != call.From.Owner)
            {
                Broken($"run {call.RunId} {call.Path}: {call.From.Owner} called {call.Action}, and the run is {run.Taker}'s.");
            }
        };

    public override int Number => 3;

    public override void AtEnd()
    {
        foreach (var run in World.Record.Runs)
        {
            var stored = World.Store.Journal.ReadAsync(run.RunId, 0, CancellationToken.None).GetAwaiter().GetResult();
            if (stored is null || stored.LastSeq != run.Entries.Count || !stored.Events.Select(one => one.Seq).SequenceEqual(run.Entries.Select(one => one.Seq)))
            {
                Broken($"run {run.RunId}: the store has {stored?.Events.Count} events up to {stored?.LastSeq}, and {run.Entries.Count} were committed.");
            }
        }
    }
}
