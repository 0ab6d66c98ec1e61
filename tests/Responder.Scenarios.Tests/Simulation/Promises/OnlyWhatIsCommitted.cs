using Responder.Engine;

namespace Responder.Scenarios.Tests.Simulation.Promises;

/// <summary>10: what is shown is what is committed: rows, approvals and ledger say what the journal says.</summary>
internal sealed class OnlyWhatIsCommitted(World world) : Promise(world)
{
    public override int Number => 10;

    public override void AtEnd()
    {
        foreach (var run in World.Record.Runs)
        {
            var row = World.Store.Queries.FindAsync(run.RunId, CancellationToken.None).GetAwaiter().GetResult();
            if (row?.Status != run.State.Ended!.Status)
            {
                Broken($"run {run.RunId}: its row says {row?.Status}, its journal {run.State.Ended.Status}.");
            }

            var pending = World.Store.Queries.ApprovalsAsync("pending", run.RunId, 10, null, CancellationToken.None).GetAwaiter().GetResult();
            if (pending.Items.Count > 0)
            {
                Broken($"run {run.RunId} has ended, and its approval {pending.Items[0].Id} is still asked.");
            }

            foreach (var effect in World.Store.Queries.EffectsAsync(run.RunId, CancellationToken.None).GetAwaiter().GetResult())
            {
                if (effect.Status is "intended" or "in_doubt" && run.State.Step(effect.Path)!.Status.IsEnd())
                {
                    Broken($"run {run.RunId} {effect.Path}: the ledger says {effect.Status}, and the step is {run.State.Step(effect.Path)!.Status}.");
                }
            }
        }
    }
}
