using Responder.Engine.Journal;
using Responder.Engine.Runs;

namespace Responder.Scenarios.Tests.Simulation.Promises;

/// <summary>1: no action with an effect is called before its intent is committed, with the same inputs, connection and key.</summary>
internal sealed class IntentBeforeEffect : Promise
{
    public IntentBeforeEffect(World world)
        : base(world) => world.Product.Sent += call =>
        {
            var run = World.Record.Run(call.RunId);
            var step = run?.State.Step(call.Path);
            if (step?.Intent is not { } intent || !step.AttemptOpen || intent.Attempt != call.Attempt)
            {
                Broken($"run {call.RunId} {call.Path}: attempt {call.Attempt} of {call.Action} was called and its intent is not committed.");
            }
            else if (intent.Connection != call.Connection || intent.Key != call.Key || call.Key != Keys.Of(call.RunId, call.Path))
            {
                Broken($"run {call.RunId} {call.Path}: called on {call.Connection} with key {call.Key}, and the intent says {intent.Connection}, {intent.Key}.");
            }
            else if (step.Inputs!.Value.GetRawText() != call.Inputs.GetRawText())
            {
                Broken($"run {call.RunId} {call.Path}: called with {call.Inputs}, and the journal says {step.Inputs}.");
            }
        };

    public override int Number => 1;

    public override void AtEnd()
    {
        foreach (var run in World.Record.Runs)
        {
            foreach (var step in run.Entries.Select(entry => entry.Event).OfType<IntentRecorded>().GroupBy(intent => intent.Path))
            {
                if (step.Select(intent => (intent.Key, intent.Connection, intent.Rule)).Distinct().Count() > 1)
                {
                    Broken($"run {run.RunId} {step.Key}: its attempts differ in key, connection or rule.");
                }
            }
        }
    }
}
