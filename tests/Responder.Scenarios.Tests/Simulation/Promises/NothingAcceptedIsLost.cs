using Responder.Engine.Journal;

namespace Responder.Scenarios.Tests.Simulation.Promises;

/// <summary>4: what was accepted is there, once, and comes to its end.</summary>
internal sealed class NothingAcceptedIsLost(World world) : Promise(world)
{
    public override int Number => 4;

    public override void AtEnd()
    {
        foreach (var (delivery, result) in World.Record.Accepted)
        {
            foreach (var admitted in result.Runs.Where(run => run.Status is "started" or "queued" or "failed"))
            {
                if (World.Record.Run(admitted.RunId) is not { State.Ended: not null })
                {
                    Broken($"alert {delivery}: its run {admitted.RunId} was accepted and has not ended.");
                }
            }
        }

        foreach (var run in World.Record.Runs)
        {
            var ends = run.Entries.Count(entry => entry.Event is RunEnded);
            if (ends != 1 || run.Entries[^1].Event is not RunEnded)
            {
                Broken($"run {run.RunId}: {ends} ends, and the last event is {run.Entries[^1].Event.GetType().Name}.");
            }
        }

        var deliveries = World.Record.Runs.Where(run => run.State.Created!.Alert is not null).GroupBy(run => run.State.Created!.Alert!.Value.GetProperty("id").GetString()).Where(runs => runs.Count() > 1);
        foreach (var twice in deliveries)
        {
            Broken($"alert {twice.Key} started {twice.Count()} runs.");
        }
    }
}
