using Responder.Engine.Journal;

namespace Responder.Scenarios.Tests.Simulation.Mutants;

/// <summary>Takes an append whoever makes it, and lets everybody act: the fence is forgotten.</summary>
internal sealed class ForgetsTheFence : Mutant
{
    public override IRunJournal Store(IRunJournal store, World world) => new Unfenced(store, world);

    private sealed class Unfenced(IRunJournal inner, World world) : JournalDecorator(inner)
    {
        public override Task<AppendResult> AppendAsync(JournalBatch batch) => base.AppendAsync(batch with { Epoch = world.Record.Run(batch.RunId)!.Epoch });

        public override ValueTask<string?> WhyNotActAsync(string runId, long epoch, string connector, string playbook) =>
            base.WhyNotActAsync(runId, world.Record.Run(runId)!.Epoch, connector, playbook);
    }
}

/// <summary>The last gate before a call is always open.</summary>
internal sealed class ForgetsTheGate : Mutant
{
    public override IRunJournal Port(IRunJournal journal, World world) => new Open(journal);

    private sealed class Open(IRunJournal inner) : JournalDecorator(inner)
    {
        public override ValueTask<string?> WhyNotActAsync(string runId, long epoch, string connector, string playbook) => ValueTask.FromResult<string?>(null);
    }
}

/// <summary>Intents lock nothing.</summary>
internal sealed class ForgetsLocks : Mutant
{
    public override IRunJournal Store(IRunJournal store, World world) => new Unlocked(store);

    private sealed class Unlocked(IRunJournal inner) : JournalDecorator(inner)
    {
        public override Task<AppendResult> AppendAsync(JournalBatch batch) =>
            base.AppendAsync(batch.Guard is { } guard ? batch with { Guard = guard with { Locks = [] } } : batch);
    }
}

/// <summary>Intents do not ask for the kill switch of their connector or playbook.</summary>
internal sealed class ForgetsTheSwitch : Mutant
{
    public override IRunJournal Store(IRunJournal store, World world) => new Unswitched(store);

    private sealed class Unswitched(IRunJournal inner) : JournalDecorator(inner)
    {
        public override Task<AppendResult> AppendAsync(JournalBatch batch) =>
            base.AppendAsync(batch.Guard is { } guard ? batch with { Guard = guard with { Connector = "", Playbook = "" } } : batch);
    }
}

/// <summary>Says "committed" when a batch is handed in.</summary>
internal sealed class AnswersBeforeTheCommit : Mutant
{
    public override IRunJournal Port(IRunJournal journal, World world) => new Hasty(journal);

    private sealed class Hasty(IRunJournal inner) : JournalDecorator(inner)
    {
        public override Task<AppendResult> AppendAsync(JournalBatch batch)
        {
            _ = base.AppendAsync(batch);
            return Task.FromResult(AppendResult.Committed);
        }
    }
}

/// <summary>Intents count against nothing.</summary>
internal sealed class ForgetsQuotas : Mutant
{
    public override IRunJournal Store(IRunJournal store, World world) => new Uncounted(store);

    private sealed class Uncounted(IRunJournal inner) : JournalDecorator(inner)
    {
        public override Task<AppendResult> AppendAsync(JournalBatch batch) =>
            base.AppendAsync(batch.Guard is { } guard ? batch with { Guard = guard with { Quotas = [] } } : batch);
    }
}

/// <summary>Gives back what another run holds too.</summary>
internal sealed class ForgetsOtherHolders : Mutant
{
    public override IRunJournal Store(IRunJournal store, World world) => new Alone(store);

    // What has a lease is still seen to at its end.
    public override IReadOnlyList<EffectRow> InForce(IReadOnlyList<EffectRow> rows) => [.. rows.Where(row => row.Until is not null)];

    private sealed class Alone(IRunJournal inner) : JournalDecorator(inner)
    {
        public override Task<AppendResult> AppendAsync(JournalBatch batch) =>
            base.AppendAsync(batch.Guard is { } guard ? batch with { Guard = guard with { Sole = null } } : batch);
    }
}
