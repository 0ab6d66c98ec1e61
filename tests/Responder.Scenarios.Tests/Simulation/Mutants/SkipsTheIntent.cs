using Responder.Engine.Journal;

namespace Responder.Scenarios.Tests.Simulation.Mutants;

/// <summary>Says that an intent is committed, and does not write it.</summary>
internal sealed class SkipsTheIntent : Mutant
{
    public override IRunJournal Port(IRunJournal journal, World world) => new Skipping(journal);

    private sealed class Skipping(IRunJournal inner) : JournalDecorator(inner)
    {
        public override Task<AppendResult> AppendAsync(JournalBatch batch) =>
            batch.Guard is null ? base.AppendAsync(batch) : Task.FromResult(AppendResult.Committed);
    }
}
