using Responder.Engine.Journal;
using Responder.Scenarios.Tests.Simulation.Products;
using Responder.Sdk;

namespace Responder.Scenarios.Tests.Simulation.Promises;

/// <summary>2: an attempt whose end is not known is taken up by the handler's rule and by nothing else.</summary>
internal sealed class NoBlindRepeat : Promise
{
    public NoBlindRepeat(World world)
        : base(world) => world.Product.Sent += Judge;

    public override int Number => 2;

    public override void AtEnd()
    {
        foreach (var key in World.Product.Calls.Where(call => call.Rule != Recover.Repeat).GroupBy(call => call.Key).Where(calls => calls.Count(call => call.DoneAt is not null) > 1))
        {
            var first = key.First();
            Broken($"run {first.RunId} {first.Path}: {first.Action} was done {key.Count(call => call.DoneAt is not null)} times, and its rule is {first.Rule}.");
        }
    }

    private void Judge(Call call)
    {
        var run = World.Record.Run(call.RunId);
        var earlier = World.Product.Calls.Where(one => one != call && one.Key == call.Key).ToList();
        if (run is null || earlier.Count == 0)
        {
            return;
        }

        // What was committed between the attempt before and this one's intent says why it may be made.
        var between = run.Of(call.Path).Select(entry => entry.Event)
            .SkipWhile(happened => happened is not IntentRecorded one || one.Attempt != earlier[^1].Attempt)
            .TakeWhile(happened => happened is not IntentRecorded one || one.Attempt != call.Attempt)
            .ToList();
        var failed = between.OfType<AttemptFailed>().LastOrDefault();
        if (failed is null)
        {
            Broken($"run {call.RunId} {call.Path}: attempt {call.Attempt} of {call.Action} was sent and the attempt before has no end.");
            return;
        }

        var settled = between.OfType<StepSettled>().Any(one => one.Resolution == "repeat");
        var asked = between.OfType<ProbeAnswered>().Any(one => one is { Verdict: ProbeVerdict.NotHappened, AskAgain: null })
            && World.Product.Probes.Exists(probe => probe.Key == call.Key && probe.At >= earlier[^1].SentAt);
        var allowed = failed.Error.Kind != FailureKind.Unknown || settled || call.Rule switch
        {
            Recover.Repeat => between.OfType<RecoveryBegun>().Any(),
            Recover.Probe => asked,
            _ => false,
        };
        if (!allowed)
        {
            Broken($"run {call.RunId} {call.Path}: {call.Action} was repeated after an unknown end; its rule is {call.Rule}.");
        }
    }
}
