using System.Text;
using Responder.Scenarios.Tests.Simulation.Mutants;
using Responder.Scenarios.Tests.Simulation.Nodes;
using Responder.Scenarios.Tests.Simulation.Promises;
using Responder.Engine.Journal;

namespace Responder.Scenarios.Tests.Simulation;

/// <summary>What came of one seed.</summary>
/// <param name="Violations">What was promised and not kept.</param>
/// <param name="Boundaries">How many places there were to die at.</param>
/// <param name="Calls">How many calls acted.</param>
/// <param name="Starts">How often a process started.</param>
/// <param name="Runs">What was committed of each run.</param>
/// <param name="Story">For people: the playbooks and what was committed.</param>
internal sealed record SimulationRun(IReadOnlyList<string> Violations, int Boundaries, int Calls, int Starts, IReadOnlyList<RunRecord> Runs, Func<string> Story)
{
    /// <summary>Runs a world to its end, on this thread.</summary>
    public static SimulationRun Of(Scenario scenario, Mutant? mutant = null)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        using var place = StorePlace.Take();
        try
        {
            var world = new World(scenario, place.Store, mutant ?? Mutant.None);
            if (world.Library.Problems.Count > 0)
            {
                return new SimulationRun([$"the playbooks are not valid: {world.Library.Problems[0]}"], 0, 0, 0, [], () => world.Library.Text);
            }

            world.Run();
            return new SimulationRun(
                [.. world.Violations, .. world.Cluster.Errors.Select(error => $"an error was logged: {string.Join(" < ", error.Split((char)10).Take(4))}")],
                world.Boundaries, world.Product.Calls.Count, world.Cluster.Starts, world.Record.Runs, () => Tell(world));
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private static string Tell(World world)
    {
        var story = new StringBuilder($"{world.Scenario}\n{world.Library.Text}\n");
        foreach (var run in world.Record.Runs)
        {
            story.Append($"--- run {run.RunId} {run.Row}\n");
            foreach (var entry in run.Entries)
            {
                var text = Encoding.UTF8.GetString(JournalCodec.Write(entry).Payload.Span);
                story.Append($"{entry.Seq,4} {entry.At:HH:mm:ss.fff} {entry.Event.GetType().Name} {text[..Math.Min(text.Length, 300)]}\n");
            }
        }

        story.Append("--- calls\n");
        foreach (var call in world.Product.Calls)
        {
            story.Append($"{call.SentAt:HH:mm:ss.fff} {call.From.Owner} {call.RunId} {call.Path} {call.Action} attempt {call.Attempt} rule {call.Rule} done {call.DoneAt:HH:mm:ss.fff} told {call.Told}\n");
        }

        return story.ToString();
    }
}
