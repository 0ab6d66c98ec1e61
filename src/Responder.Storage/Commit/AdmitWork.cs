using Responder.Engine;
using Responder.Engine.Journal;
using Responder.Storage.Audit;

namespace Responder.Storage;

/// <summary>An alert with the runs that it starts, in one transaction. What the stores do the same.</summary>
internal abstract class AdmitWork(Admission admission) : WriteOp<AdmissionResult>
{
    // A run's first event, and for one that could fail at once its second, apart: only one of them may be taken.
    private readonly IReadOnlyList<(int Run, bool IsEnd, AuditItem Item)> _audited =
        [.. admission.Runs.SelectMany((run, index) => (IEnumerable<(int, bool, AuditItem)>)(run.FailedAtOnce is { } end
            ? [(index, false, AuditItem.Of(run.RunId, run.Created)), (index, true, AuditItem.Of(run.RunId, end))]
            : [(index, false, AuditItem.Of(run.RunId, run.Created))]))];

    public override IReadOnlyList<AuditItem> Audited => [.. _audited.Select(one => one.Item)];

    public override bool IsKept(AuditItem item)
    {
        var (run, isEnd, _) = _audited.First(one => ReferenceEquals(one.Item, item));
        return !Result.Duplicate && run < Result.Runs.Count && (Result.Runs[run].Status == "failed" || (!isEnd && Result.Runs[run].Status is "started" or "queued"));
    }

    public override int Weight { get; } =
        1024 + (admission.Alert is { } alert ? 4 * alert.Raw.Length : 0) + admission.Runs.Sum(run => 512 + run.Created.Payload.Length);

    protected Admission Admission => admission;

    public override void Publish(CommitFeed feed)
    {
        if (!feed.HasReaders || Result.Duplicate)
        {
            return;
        }

        foreach (var (run, admitted) in admission.Runs.Zip(Result.Runs))
        {
            if (RowOf(run, admitted.Status) is { } row)
            {
                feed.Publish(new CommitNotice(run.RunId, EventsOf(run, admitted.Status), row, []));
            }
        }
    }

    /// <summary>The events that a run begins with.</summary>
    public static IReadOnlyList<StoredEvent> EventsOf(NewRun run, string status) =>
        status == "failed" && run.FailedAtOnce is { } end ? [run.Created, end] : [run.Created];

    /// <summary>How it stands; null where no run came of it.</summary>
    public static RunRow? RowOf(NewRun run, string status) => status switch
    {
        "started" => new RunRow(RunStatus.Running, null, null, null, null, null, Owned: run.Owner is not null),
        "queued" => new RunRow(RunStatus.Queued, null, null, null, null, null, Owned: false),
        "failed" => new RunRow(RunStatus.Failed, null, $"Another run has the slot '{run.ConcurrencyKey}'.", null, null, run.CreatedAt, Owned: false),
        _ => null,
    };
}
