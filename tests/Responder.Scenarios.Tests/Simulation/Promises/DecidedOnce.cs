using Responder.Engine.Journal;

namespace Responder.Scenarios.Tests.Simulation.Promises;

/// <summary>6: a decision is made once, and no deadline acts that passed while nobody could answer.</summary>
internal sealed class DecidedOnce : Promise
{
    public DecidedOnce(World world)
        : base(world) => world.Record.Committed += (run, entries) =>
        {
            foreach (var closed in entries.Select(entry => entry.Event).OfType<GateClosed>().Where(one => one is { How: "deadline", Choice: not "reject" }))
            {
                var deadline = run.State.Step(closed.Path)!.Gate!.Deadline;
                if (World.Cluster.Named(run.Taker) is { } node && deadline < node.StartedAt)
                {
                    Broken($"run {run.RunId} {closed.Path}: the deadline {deadline:O} acted, and passed before {node.Process.Owner} was there ({node.StartedAt:O}).");
                }
            }
        };

    public override int Number => 6;

    public override void AtEnd()
    {
        foreach (var run in World.Record.Runs)
        {
            var gates = run.Entries.Select(entry => entry.Event).OfType<GateClosed>().GroupBy(one => one.GateId);
            foreach (var gate in gates.Where(one => one.Count() > 1))
            {
                Broken($"run {run.RunId}: gate {gate.Key} was decided {gate.Count()} times.");
            }

            foreach (var asked in run.Entries.Select(entry => entry.Event).OfType<GateAsked>().Where(one => one.Gate.Count == 1))
            {
                var taken = World.Crowd.Approvers.Taken.Where(one => one.Gate == asked.Gate.Id).ToList();
                var choice = run.Entries.Select(entry => entry.Event).OfType<GateClosed>().FirstOrDefault(one => one.GateId == asked.Gate.Id)?.Choice;
                if (taken.Count > 1)
                {
                    Broken($"run {run.RunId}: {taken.Count} people were told that they decided gate {asked.Gate.Id}.");
                }
                else if (taken.Count == 1 && taken[0].Choice != choice)
                {
                    Broken($"run {run.RunId}: {taken[0].By} was told that {taken[0].Choice} is taken at gate {asked.Gate.Id}, and it is {choice}.");
                }
            }
        }
    }
}
