using Responder.Engine;
using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Scenarios.Tests.Simulation.Products;
using Responder.Scenarios.Tests.Simulation.Promises;
using Responder.Scenarios.Tests.Simulation.Time;

namespace Responder.Scenarios.Tests.Simulation.People;

/// <summary>Settle what is in doubt, by looking at the product, and let held runs go on.</summary>
internal sealed class Leads(World world, Crowd crowd, Dice dice)
{
    public void Start() => world.Record.Committed += (run, entries) =>
    {
        foreach (var entry in entries)
        {
            switch (entry.Event)
            {
                case StepInDoubt doubt:
                    // Longer than anything that was sent is on its way.
                    crowd.Insist(dice.Percent(85) ? dice.Seconds(60, 900) : dice.Seconds(3700, 7200), () => IsInDoubt(run, doubt), () => Settle(run, doubt.Path));
                    break;
                case RunHeld:
                    crowd.Insist(dice.Seconds(10, 60), () => run.State is { Held: true, Ended: null }, () => Resume(run));
                    break;
            }
        }
    };

    // This doubt, not a later one of the same step: that one is looked at in its own time.
    private static bool IsInDoubt(RunRecord run, StepInDoubt doubt) => run.State.Ended is null && run.State.Step(doubt.Path)?.Status == StepStatus.InDoubt
        && ReferenceEquals(run.Entries.Select(entry => entry.Event).OfType<StepInDoubt>().Last(one => one.Path == doubt.Path), doubt);

    private void Settle(RunRecord run, string path)
    {
        var step = run.State.Step(path)!;
        var done = world.Product.Done(Keys.Of(run.RunId, path)) > 0;
        var outputs = done ? Results.Of(step.Action!, step.Inputs!.Value, world.Agenda.Now) : (System.Text.Json.JsonElement?)null;
        var resolution = done ? "succeeded" : dice.Percent(50) ? "failed" : "repeat";
        crowd.Tell(run.RunId, new ResolveStep(path, resolution, outputs, "lead", "looked at the product", step.Attempts));
    }

    private void Resume(RunRecord run)
    {
        if (world.Record.Switches.Count == 0)
        {
            crowd.Tell(run.RunId, new ResumeRun("lead"));
        }
    }
}
