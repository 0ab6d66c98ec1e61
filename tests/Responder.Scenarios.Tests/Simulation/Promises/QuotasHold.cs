using Responder.Engine.Approvals;
using Responder.Engine.Journal;
using Responder.Engine.Policy;

namespace Responder.Scenarios.Tests.Simulation.Promises;

/// <summary>11: never more effects than a limit allows, over all runs and nodes, unless people approved each further one for that.</summary>
internal sealed class QuotasHold : Promise
{
    private readonly Dictionary<string, HashSet<(string RunId, string Path)>> _used = new(StringComparer.Ordinal);

    public QuotasHold(World world)
        : base(world) => world.Record.Committed += (run, entries) =>
        {
            foreach (var intent in entries.Select(entry => entry.Event).OfType<IntentRecorded>())
            {
                Judge(run, intent);
            }
        };

    public override int Number => 11;

    private void Judge(RunRecord run, IntentRecorded intent)
    {
        var step = run.State.Step(intent.Path)!;
        var created = run.State.Created!;
        var answer = World.Policy.Evaluate(new PolicyRequest(
            created.Playbook, step.Action!, step.Effect!.Value, intent.Connection, step.Inputs!.Value, intent.Targets, 70, World.Agenda.Now));
        foreach (var quota in answer.Quotas)
        {
            var used = _used.TryGetValue(quota.Key, out var known) ? known : _used[quota.Key] = [];
            if (used.Add((run.RunId, intent.Path)) && used.Count > quota.AtMost && !(step.Gate is { Choice: not null } gate && GateRules.Approves(gate.Request, quota.Rule)))
            {
                Broken($"run {run.RunId} {intent.Path}: {step.Action} is number {used.Count} of {quota.Limit}, which allows {quota.AtMost}, and nobody approved it for that.");
            }
        }
    }
}
