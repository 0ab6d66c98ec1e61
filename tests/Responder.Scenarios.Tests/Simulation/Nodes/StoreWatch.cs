using Responder.Engine.Journal;

namespace Responder.Scenarios.Tests.Simulation.Nodes;

/// <summary>Stands before the one store of all nodes: what it commits is recorded and judged. The store is done when its call returns.</summary>
/// <param name="store">The store's journal.</param>
/// <param name="world">The world.</param>
internal sealed class StoreWatch(IRunJournal store, World world)
{
    public AppendResult Append(JournalBatch batch)
    {
        var run = world.Record.Run(batch.RunId);
        var expected = run is null ? (-1, -1) : (run.State.Seq, run.Epoch);
        var result = Done(store.AppendAsync(batch));
        if (result.Status == AppendStatus.Committed)
        {
            if (expected != (batch.ExpectedSeq, batch.Epoch))
            {
                world.Violate(3, $"run {batch.RunId}: a batch for number {batch.ExpectedSeq} of epoch {batch.Epoch} was committed where {expected.Item1} of epoch {expected.Item2} is true.");
            }

            world.Record.Appended(batch);
        }

        return result;
    }

    public StoredRun? Take(string runId, string owner)
    {
        var taken = Done(store.TakeAsync(runId, owner, CancellationToken.None));
        if (taken is not null)
        {
            world.Record.Taken(runId, owner, taken.Epoch);
        }

        return taken;
    }

    public AdmissionResult Admit(Admission admission)
    {
        var result = Done(store.AdmitAsync(admission));
        world.Record.Admitted(admission, result);
        return result;
    }

    private static T Done<T>(Task<T> task) =>
        task.IsCompleted ? task.GetAwaiter().GetResult() : throw new InvalidOperationException("The simulated store is not done at once.");
}
