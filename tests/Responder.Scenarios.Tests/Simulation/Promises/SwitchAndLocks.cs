using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Sdk;

namespace Responder.Scenarios.Tests.Simulation.Promises;

/// <summary>8: after the switch is thrown no intent commits and no call leaves; a target is acted on by one step at a time.</summary>
internal sealed class SwitchAndLocks : Promise
{
    private readonly Dictionary<string, (string RunId, string Path)> _locks = new(StringComparer.Ordinal);

    public SwitchAndLocks(World world)
        : base(world)
    {
        world.Record.Committed += Judge;
        world.Product.Sent += call =>
        {
            if (World.Record.Run(call.RunId) is { } run && World.Record.IsSwitchedOff(call.Connector, run.State.Created!.Playbook))
            {
                Broken($"run {call.RunId} {call.Path}: {call.Action} was called while the kill switch is on.");
            }
        };
    }

    public override int Number => 8;

    private void Judge(RunRecord run, IReadOnlyList<JournalEntry> entries)
    {
        foreach (var entry in entries)
        {
            switch (entry.Event)
            {
                case IntentRecorded intent:
                    if (World.Record.IsSwitchedOff(intent.Connector, run.State.Created!.Playbook))
                    {
                        Broken($"run {run.RunId} {intent.Path}: an intent was committed while the kill switch is on.");
                    }

                    Lock(run, intent);
                    break;
                case AttemptFailed { Error.Kind: not FailureKind.Unknown } or StepInDoubt or StepEnded:
                    Free(run.RunId, EventPath.Of(entry.Event)!);
                    break;
            }
        }
    }

    private void Lock(RunRecord run, IntentRecorded intent)
    {
        if (run.State.Step(intent.Path)!.Effect is not (Effect.Contain or Effect.Destroy))
        {
            return;
        }

        foreach (var target in intent.Targets.Where(target => target.Kind is TargetKind.Host or TargetKind.User))
        {
            var key = $"{intent.Connection}/{Targets.Key(intent.Connection, target).Target}";
            if (_locks.TryGetValue(key, out var holder) && holder != (run.RunId, intent.Path))
            {
                Broken($"run {run.RunId} {intent.Path}: acts on {key} while run {holder.RunId} does at {holder.Path}.");
            }

            _locks[key] = (run.RunId, intent.Path);
        }
    }

    private void Free(string runId, string path)
    {
        foreach (var key in _locks.Where(one => one.Value == (runId, path)).Select(one => one.Key).ToList())
        {
            _locks.Remove(key);
        }
    }
}
