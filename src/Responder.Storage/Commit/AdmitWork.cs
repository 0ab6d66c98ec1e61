using Responder.Engine;
using Responder.Engine.Journal;

namespace Responder.Storage;

/// <summary>An alert with the runs that it starts, in one transaction. What the stores do the same.</summary>
internal abstract class AdmitWork(Admission admission) : WriteOp<AdmissionResult>
{
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
