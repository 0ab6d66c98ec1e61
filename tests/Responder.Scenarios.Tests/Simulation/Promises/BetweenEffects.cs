using Responder.Engine.Journal;

namespace Responder.Scenarios.Tests.Simulation.Promises;

/// <summary>9: cancel and the run's deadline take hold between effects, and what was called has its end in the journal.</summary>
internal sealed class BetweenEffects : Promise
{
    public BetweenEffects(World world)
        : base(world) => world.Record.Committed += (run, entries) =>
        {
            foreach (var entry in entries)
            {
                var ending = run.Entries.Exists(one => one.Seq < entry.Seq && one.Event is CancelRequested or TimeRanOut { Path: null });
                if (entry.Event is IntentRecorded { Attempt: 1 } intent && ending && !run.Entries.Exists(one => one.Seq < entry.Seq && one.Event is MainEnded { Frame: null })
                    && !intent.Path.Contains(".call.", StringComparison.Ordinal))
                {
                    Broken($"run {run.RunId} {intent.Path}: a new effect was begun while the run is being ended.");
                }
            }
        };

    public override int Number => 9;

    public override void AtEnd()
    {
        foreach (var run in World.Record.Runs)
        {
            if (run.State.Steps.Values.FirstOrDefault(step => step.AttemptOpen) is { } open)
            {
                Broken($"run {run.RunId} {open.Path}: the run has ended and the step's attempt has not.");
            }
        }
    }
}
