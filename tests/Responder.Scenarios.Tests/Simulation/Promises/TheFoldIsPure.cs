using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Scenarios.Tests.Journals;

namespace Responder.Scenarios.Tests.Simulation.Promises;

/// <summary>A run is the fold of its journal: read back from the store it is the same, and at every place where it can be taken over the same is decided twice.</summary>
internal sealed class TheFoldIsPure(World world) : Promise(world)
{
    public override int Number => 0;

    public override void AtEnd()
    {
        foreach (var run in World.Record.Runs)
        {
            var plan = World.Library.Of(run.State.Created!.DefinitionHash);
            var stored = World.Store.Journal.ReadAsync(run.RunId, 0, CancellationToken.None).GetAwaiter().GetResult()!;
            var state = new RunState();
            foreach (var entry in stored.Events.Select(JournalCodec.Read))
            {
                state = Fold.Apply(state, entry);
                if (!run.Ends.Contains(entry.Seq))
                {
                    continue;
                }

                var (once, twice) = (Next.Decide(plan, state, entry.At), Next.Decide(plan, state, entry.At));
                if (once.Wake != twice.Wake || once.Waits != twice.Waits || !once.Commands.Select(Name).SequenceEqual(twice.Commands.Select(Name)))
                {
                    Broken($"run {run.RunId}: after event {entry.Seq} it decides one thing, then another.");
                }

                if (state.Ended is null && once.Commands.Count == 0 && once.Waits == Waits.None)
                {
                    Broken($"run {run.RunId}: after event {entry.Seq} it does nothing and waits for nothing.");
                }
            }

            if (!StoredJournal.Folded(state).SequenceEqual(StoredJournal.Folded(run.State)))
            {
                Broken($"run {run.RunId}: read back from the store it is another.");
            }
        }
    }

    private static string Name(Command command) => command is Emit emit ? $"emit {emit.Event.GetType().Name} {EventPath.Of(emit.Event)}" : command.GetType().Name;
}
