using Responder.Engine.Journal;

namespace Responder.Scenarios.Tests.Simulation.Mutants;

/// <summary>A journal round another: passes everything on, and a mutant overrides what it gets wrong.</summary>
internal abstract class JournalDecorator(IRunJournal inner) : IRunJournal
{
    public virtual Task<AppendResult> AppendAsync(JournalBatch batch) => inner.AppendAsync(batch);

    public virtual Task<StoredRun?> TakeAsync(string runId, string owner, CancellationToken cancel) => inner.TakeAsync(runId, owner, cancel);

    public virtual Task<StoredRun?> ReadAsync(string runId, long afterSeq, CancellationToken cancel) => inner.ReadAsync(runId, afterSeq, cancel);

    public virtual Task<AdmissionResult> AdmitAsync(Admission admission) => inner.AdmitAsync(admission);

    public virtual ValueTask<string?> WhyNotActAsync(string runId, long epoch, string connector, string playbook) =>
        inner.WhyNotActAsync(runId, epoch, connector, playbook);

    public virtual ValueTask<IReadOnlyList<QuotaUse>> UsedUpAsync(IReadOnlyList<QuotaUse> quotas, string runId, string path, DateTimeOffset now) =>
        inner.UsedUpAsync(quotas, runId, path, now);
}
