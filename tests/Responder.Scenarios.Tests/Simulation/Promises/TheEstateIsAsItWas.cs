using Responder.Engine;
using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Scenarios.Tests.Simulation.Products;
using Responder.Sdk;

namespace Responder.Scenarios.Tests.Simulation.Promises;

/// <summary>
/// 13: an undo leaves the estate as it was in all that is reversible and lists the rest; what another run, or somebody by hand, contained stays contained. Who
/// holds what is followed here from the commits alone, beside the ledger.
/// </summary>
internal sealed class TheEstateIsAsItWas : Promise
{
    private static readonly Dictionary<string, string> Inverses = new(StringComparer.Ordinal)
    {
        ["edr.release_host"] = "edr.isolate_host", ["identity.enable_user"] = "identity.disable_user",
    };

    private readonly Dictionary<string, HashSet<(string RunId, string Path)>> _holders = new(StringComparer.Ordinal);

    public TheEstateIsAsItWas(World world)
        : base(world) => world.Record.Committed += (run, entries) =>
        {
            foreach (var entry in entries)
            {
                Judge(run, entry.Event);
            }
        };

    public override int Number => 13;

    private void Judge(RunRecord run, RunEvent happened)
    {
        switch (happened)
        {
            case RunCreated { UndoOf: { } undone } created:
                JudgePlan(undone, created);
                break;
            case IntentRecorded intent:
                Intend(run, intent);
                break;
            case HoldLet let:
                Holders(let.Action, let.Connection, let.Target).RemoveWhere(one => one.RunId == let.From);
                break;
            case StepEnded ended when run.State.Step(ended.Path) is { Intent: { } intent, Action: { } action }:
                End(ended, run.RunId, intent, action);
                break;
        }
    }

    /// <summary>Each effect in force of the run is taken back, or named among what stays.</summary>
    private void JudgePlan(string undone, RunCreated created)
    {
        var undoes = created.Inputs.GetProperty("undoes").EnumerateObject().Select(one => one.Value.GetProperty("path").GetString()).ToHashSet();
        var left = created.Inputs.GetProperty("left").GetString()!;
        foreach (var step in World.Record.Run(undone)!.State.Steps.Values.Where(step => step is { Status: StepStatus.Succeeded, Intent: not null, Effect: Effect.Contain or Effect.Destroy }))
        {
            var inForce = step.Effect == Effect.Destroy || _holders.Values.Any(holders => holders.Contains((undone, step.Path)));
            if (inForce && !undoes.Contains(step.Path) && !left.Contains(step.Action!, StringComparison.Ordinal))
            {
                Broken($"the undo of run {undone} neither takes {step.Action} at {step.Path} back nor says that it stays.");
            }
        }
    }

    private void Intend(RunRecord run, IntentRecorded intent)
    {
        var action = run.State.Step(intent.Path)!.Action!;
        foreach (var target in intent.Targets.Select(target => Targets.Key(intent.Connection, target).Target))
        {
            if (!Inverses.TryGetValue(action, out var held))
            {
                Holders(action, intent.Connection, target).Add((run.RunId, intent.Path));
                continue;
            }

            // An author's own release lifts for all, a repeat of what may have happened is the first one's; an undo and the end of a lease let go of their own alone.
            if ((run.State.Created!.UndoOf ?? run.State.Created.LeaseOf) is not { } mine || run.Of(intent.Path).Any(entry => entry.Event is AttemptFailed { Error.Kind: FailureKind.Unknown }))
            {
                continue;
            }

            if (Holders(held, intent.Connection, target).FirstOrDefault(one => one.RunId != mine) is { RunId: { } other })
            {
                Broken($"run {run.RunId} {intent.Path}: gives {target} back, which run {other} holds too.");
            }

            if (World.Record.Run(mine)!.State.Steps.Values.Where(step => step.Action == held && step.Intent?.Connection == intent.Connection && step.Intent.Targets.Any(one => Targets.Key(intent.Connection, one).Target == target))
                .All(step => step.Intent!.Before is { Free: false }) && !World.Record.Runs.Exists(one => Let(one, mine, held, target)))
            {
                Broken($"run {run.RunId} {intent.Path}: gives {target} back, which was so before run {mine}.");
            }
        }
    }

    // Somebody else let go of it to this run: then it is this one's, whoever began it.
    private static bool Let(RunRecord run, string to, string action, string target) =>
        run.Entries.Exists(entry => entry.Event is HoldLet let && let.To == to && let.Action == action && let.Target == target);

    private void End(StepEnded ended, string runId, IntentRecorded intent, string action)
    {
        foreach (var target in intent.Targets.Select(target => Targets.Key(intent.Connection, target).Target))
        {
            if (!Inverses.TryGetValue(action, out var held))
            {
                if (ended.Status != StepStatus.Succeeded)
                {
                    Holders(action, intent.Connection, target).Remove((runId, ended.Path));
                }

                continue;
            }

            if (ended.Status == StepStatus.Succeeded)
            {
                Holders(held, intent.Connection, target).Clear();
                JudgeState(runId, ended.Path);
            }
        }
    }

    // What was sent before and comes late is the stall that docs/operations.md tells of.
    private void JudgeState(string runId, string path)
    {
        if (World.Product.Calls.FindLast(call => call.RunId == runId && call.Path == path) is { DoneAt: { } done } call
            && ProductState.Of(call.Connection, call.Action, call.Inputs) is { } state
            && !World.Product.Calls.Exists(other => other != call && ProductState.Of(other.Connection, other.Action, other.Inputs)?.Name == state.Name && (other.DoneAt is null || other.DoneAt >= done))
            && World.Product.States[state.Name] != state.To)
        {
            Broken($"run {runId} {path}: gave back, and {state.Name} is {World.Product.States[state.Name]}.");
        }
    }

    private HashSet<(string RunId, string Path)> Holders(string action, string connection, string target) =>
        _holders.TryGetValue($"{action}|{connection}|{target}", out var holders) ? holders : _holders[$"{action}|{connection}|{target}"] = [];
}
