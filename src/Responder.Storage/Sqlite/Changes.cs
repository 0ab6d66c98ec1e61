using Responder.Engine.Journal;

namespace Responder.Storage.Sqlite;

/// <summary>The rows that change with a batch.</summary>
internal static class Changes
{
    /// <summary>Writes them; the runs that got a concurrency slot by it.</summary>
    public static List<string> Write(Db db, string runId, IReadOnlyList<RowChange> changes, DateTimeOffset now)
    {
        List<string> started = [];
        foreach (var change in changes)
        {
            switch (change)
            {
                case ApprovalOpened { Approval: var approval }:
                    Approvals.Put(db, runId, approval);
                    break;
                case ApprovalChanged { Approval: var approval }:
                    Approvals.Put(db, runId, approval);
                    break;
                case ApprovalClosed closed:
                    Approvals.Close(db, runId, closed);
                    break;
                case LocksReleased { Path: var path }:
                    Guards.Release(db, runId, path);
                    break;
                case SlotReleased:
                    started.AddRange(Slots.Release(db, runId));
                    break;
                case AwaitedEvents { Names: var names }:
                    Awaiting.Replace(db, runId, names, now);
                    break;
                case EffectRecorded { Effect: var effect }:
                    Ledger.Put(db, effect);
                    break;
                case ContainmentLifted lifted:
                    Ledger.Lift(db, lifted);
                    break;
                case HoldPassed passed:
                    Ledger.Pass(db, passed);
                    break;
                case LeaseMoved moved:
                    Ledger.Move(db, moved);
                    break;
                default:
                    throw new NotSupportedException($"The store on SQLite does not know the change {change.GetType().Name}.");
            }
        }

        return started;
    }
}
