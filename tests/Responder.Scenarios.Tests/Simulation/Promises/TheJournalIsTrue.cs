using Responder.Engine;
using Responder.Engine.Runs;
using Responder.Sdk;

namespace Responder.Scenarios.Tests.Simulation.Promises;

/// <summary>The journal says of each effect what the product says: done where it was done, not done where it was not.</summary>
internal sealed class TheJournalIsTrue(World world) : Promise(world)
{
    public override int Number => 2;

    public override void AtEnd()
    {
        foreach (var run in World.Record.Runs)
        {
            foreach (var step in run.State.Steps.Values.Where(step => step.Effect is Effect.Record or Effect.Contain or Effect.Destroy))
            {
                var done = World.Product.Done(Keys.Of(run.RunId, step.Path));
                if (step.Status == StepStatus.Succeeded && done == 0)
                {
                    Broken($"run {run.RunId} {step.Path}: {step.Action} is told as done, and the product never did it.");
                }
                else if (step.Status != StepStatus.Succeeded && done > 0)
                {
                    Broken($"run {run.RunId} {step.Path}: {step.Action} is told as {step.Status} ({step.Error?.Message}), and the product did it.");
                }
            }
        }
    }
}
