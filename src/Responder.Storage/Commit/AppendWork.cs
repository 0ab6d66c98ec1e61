using Responder.Engine;
using Responder.Engine.Journal;
using Responder.Storage.Audit;

namespace Responder.Storage;

/// <summary>A run's pending batch: all of it or nothing. What the stores do the same.</summary>
internal abstract class AppendWork(JournalBatch batch) : WriteOp<AppendResult>
{
    /// <summary>How a run stands that was just given a slot: running, with nobody who drives it yet, so that the sweep finds it too.</summary>
    public static RunRow GivenASlot { get; } = new(RunStatus.Running, null, null, null, null, null, Owned: false);

    // Worked out where the batch is handed in: the one writer has enough to do.
    public override IReadOnlyList<AuditItem> Audited { get; } = batch.Events.Count == 0 ? [] : [AuditItem.Of(batch.RunId, [.. batch.Events])];

    public override bool IsKept(AuditItem item) => Result.Status == AppendStatus.Committed;

    public override int Weight { get; } = 1024 + batch.Events.Sum(entry => entry.Payload.Length);

    protected JournalBatch Batch => batch;

    /// <summary>The row as it stands after the batch.</summary>
    protected RunRow Row { get; set; } = batch.Row;

    protected long LastSeq => batch.ExpectedSeq + batch.Events.Count;

    /// <summary>The steps whose locks this batch gives back: the run's next step may have the same target in the same batch.</summary>
    protected IReadOnlyList<string> Released => [.. batch.Changes.OfType<LocksReleased>().Select(change => change.Path)];

    public override void Refuse(Exception failure) => Answer(new AppendResult(AppendStatus.Faulty, failure.Message));

    public override void Publish(CommitFeed feed)
    {
        if (feed.HasReaders && Result.Status == AppendStatus.Committed)
        {
            feed.Publish(new CommitNotice(batch.RunId, batch.Events, Row, batch.Changes));
            foreach (var started in Result.Started ?? [])
            {
                feed.Publish(new CommitNotice(started, [], GivenASlot, []));
            }
        }
    }

    /// <summary>A target is another's: for people.</summary>
    internal static AppendResult Locked(string target, string holder, string path) =>
        new(AppendStatus.Locked, $"Run {holder} acts on {target} at its step {path}.", holder);

    /// <summary>A quota is used up: for people.</summary>
    internal static AppendResult OverQuota(string key) => new(AppendStatus.OverQuota, $"The quota '{key}' is used up.", Quota: key);

    /// <summary>Another holds what was to be given back: for people.</summary>
    internal static AppendResult HeldToo(string target, string holder) => new(AppendStatus.HeldToo, $"Run {holder} holds {target} too.", holder);

    protected static AppendResult CommittedWith(IReadOnlyList<string> started) =>
        started.Count == 0 ? AppendResult.Committed : new AppendResult(AppendStatus.Committed, Started: started);
}
