using Responder.Engine;
using Responder.Engine.Host;
using Responder.Engine.Journal;
using Responder.Engine.Undo;
using Responder.Scenarios.Tests.Simulation.Nodes;
using Responder.Scenarios.Tests.Simulation.Promises;
using Responder.Scenarios.Tests.Simulation.Time;
using Responder.Sdk;

namespace Responder.Scenarios.Tests.Simulation.People;

/// <summary>Take back what runs contained, some twice at once; an order that gets no answer is given again.</summary>
internal sealed class Undoers(World world, Dice dice)
{
    private readonly HashSet<string> _answered = new(StringComparer.Ordinal);
    private int _open;

    /// <summary>True where every order was answered.</summary>
    public bool AllAnswered => _open == 0;

    public void Start() => world.Record.Committed += (run, entries) =>
    {
        if (entries.Any(entry => entry.Event is RunEnded) && run.State.Created is { UndoOf: null, LeaseOf: null }
            && run.State.Steps.Values.Any(step => step is { Effect: Effect.Contain, Status: StepStatus.Succeeded, Intent: not null }) && dice.Percent(world.Scenario.Undoes))
        {
            for (var time = dice.Percent(30) ? 2 : 1; time > 0; time--)
            {
                _open++;
                Order(run, $"{run.RunId}/{time}", dice.Seconds(1, 3000));
            }
        }
    };

    private void Order(RunRecord run, string order, TimeSpan wait) => world.Agenda.In(wait, () =>
    {
        if (_answered.Contains(order))
        {
            return;
        }

        if (world.Cluster.Any(dice) is { } node)
        {
            node.Process.Post(_ => _ = UndoAsync(node, run.RunId, order), null);
        }

        Order(run, order, TimeSpan.FromSeconds(60));
    });

    private async Task UndoAsync(Node node, string runId, string order)
    {
        var stored = (await node.Services.Journal.ReadAsync(runId, 0, CancellationToken.None))!;
        var queries = node.Services.Queries;
        var plan = UndoPlan.Of(
            [.. stored.Events.Select(JournalCodec.Read)], await queries.EffectsAsync(runId, CancellationToken.None), await queries.EffectsAsync(null, CancellationToken.None), node.Services.Connections, runId);
        if (plan.Inverses.Count > 0)
        {
            var (definition, start) = UndoRun.Make(plan, node.Services.Connections, runId, "simulated", node.Process.Clock.GetUtcNow());
            await node.Starter.StartAsync(null, [new StartRequest(definition, start, null, "undo", Dedupe: false, UndoOf: runId)], drive: true, CancellationToken.None);
        }

        if (_answered.Add(order))
        {
            _open--;
        }
    }
}
