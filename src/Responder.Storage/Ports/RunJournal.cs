using System.Text.Unicode;
using Responder.Engine.Journal;

namespace Responder.Storage;

/// <summary>The journal over the one writer; the statements are the database's, in the classes that inherit.</summary>
internal abstract class RunJournal(Writer writer) : IRunJournal
{
    public Task<AppendResult> AppendAsync(JournalBatch batch)
    {
        if (WhyUnfit(batch) is { } reason)
        {
            return Task.FromResult(new AppendResult(AppendStatus.Faulty, reason));
        }

        var op = Append(batch);
        writer.Post(op);
        return op.Done;
    }

    public async Task<StoredRun?> TakeAsync(string runId, string owner, CancellationToken cancel)
    {
        var op = Take(runId, owner);
        writer.Post(op);
        var epoch = await op.Done.WaitAsync(cancel);
        return epoch is { } ours && await ReadAsync(runId, 0, cancel) is { } run ? run with { Epoch = ours } : null;
    }

    public Task<AdmissionResult> AdmitAsync(Admission admission)
    {
        var op = Admit(admission);
        writer.Post(op);
        return op.Done;
    }

    public abstract Task<StoredRun?> ReadAsync(string runId, long afterSeq, CancellationToken cancel);

    public abstract ValueTask<string?> WhyNotActAsync(string runId, long epoch, string connector, string playbook);

    public abstract ValueTask<IReadOnlyList<QuotaUse>> UsedUpAsync(IReadOnlyList<QuotaUse> quotas, string runId, string path, DateTimeOffset now);

    protected const string NotOurs = "Another owner has the run.";

    protected abstract WriteOp<AppendResult> Append(JournalBatch batch);

    /// <summary>Raises a run's epoch: from its commit on every other owner is fenced. The result is the new epoch; null where there is no such run.</summary>
    protected abstract WriteOp<long?> Take(string runId, string owner);

    protected abstract WriteOp<AdmissionResult> Admit(Admission admission);

    // What no store could keep is told at once; all stores refuse the same.
    private static string? WhyUnfit(JournalBatch batch)
    {
        for (var index = 0; index < batch.Events.Count; index++)
        {
            var entry = batch.Events[index];
            if (entry.Seq != batch.ExpectedSeq + index + 1)
            {
                return $"Event {entry.Seq} ({entry.Type}) of run {batch.RunId} stands where number {batch.ExpectedSeq + index + 1} must be.";
            }

            if (entry.Payload.IsEmpty || !Utf8.IsValid(entry.Payload.Span) || entry.Payload.Span.Contains((byte)0))
            {
                return $"Event {entry.Seq} ({entry.Type}) of run {batch.RunId} is empty, is not UTF-8 or holds a NUL.";
            }
        }

        return null;
    }
}
