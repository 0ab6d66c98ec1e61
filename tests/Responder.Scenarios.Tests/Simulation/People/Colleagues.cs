using System.Text.Json;
using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Scenarios.Tests.Simulation.Promises;
using Responder.Scenarios.Tests.Simulation.Time;
using Responder.Sdk;

namespace Responder.Scenarios.Tests.Simulation.People;

/// <summary>Send events, answer questions, some twice, and cancel runs.</summary>
internal sealed class Colleagues(World world, Crowd crowd, Dice dice)
{
    private readonly HashSet<string> _asked = [];
    private int _events;

    public void Start()
    {
        world.Product.Sent += call =>
        {
            if (call.Action == "chat.ask" && _asked.Add(call.Key) && dice.Percent(70))
            {
                var answer = JsonSerializer.SerializeToElement(
                    new { answer = "yes", by = "ann", at = (DateTimeOffset?)null, comment = (string?)null, unverified = true }, Json.Options);
                world.Agenda.In(dice.Seconds(20, 900), () => Deliver(call.Key, answer));
            }
        };
        for (var name = 0; name < 3; name++)
        {
            var which = name;
            for (var time = dice.Int(4); time > 0; time--)
            {
                world.Agenda.In(dice.Seconds(0, 3600), () => Deliver($"event_{which}", JsonSerializer.SerializeToElement(new { which }, Json.Options)));
            }
        }

        world.Record.Committed += (run, entries) =>
        {
            if (entries.Any(entry => entry.Event is RunCreated) && dice.Percent(world.Scenario.Cancels))
            {
                crowd.Insist(dice.Of([dice.Seconds(0, 10), dice.Seconds(0, 600)]), () => run.State is { Ended: null, Cancel: null }, () => Cancel(run));
            }
        };
    }

    private void Deliver(string name, JsonElement payload)
    {
        var id = $"e{++_events:D4}";
        for (var time = dice.Percent(20) ? 2 : 1; time > 0; time--)
        {
            // The same event twice is one; the store is on the way of nobody here, so it is there at once.
            var woken = world.Store.Inbox.PutAsync(new InboxEvent(id, name, world.Agenda.Now, payload), CancellationToken.None).GetAwaiter().GetResult();
            foreach (var runId in woken)
            {
                crowd.Tell(runId, new Nudge());
            }
        }

        world.Cluster.Poke();
    }

    private void Cancel(RunRecord run) => crowd.Tell(run.RunId, new CancelRun("colleague", "not needed"), result =>
    {
        if (result.Status == SignalStatus.Taken && run.State.Cancel is null)
        {
            world.Violate(10, $"run {run.RunId}: a cancel was told to be taken, and it is not in the journal.");
        }
    });
}
