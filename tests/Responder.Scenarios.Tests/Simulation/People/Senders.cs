using System.Text.Json;
using Responder.Engine.Host;
using Responder.Engine.Journal;
using Responder.Engine.Matching;
using Responder.Playbooks;
using Responder.Scenarios.Tests.Simulation.Time;

namespace Responder.Scenarios.Tests.Simulation.People;

/// <summary>Send alerts, and send them again where no answer comes.</summary>
internal sealed class Senders(World world, Dice dice)
{
    private readonly HashSet<int> _accepted = [];
    private int _deliveries;

    public bool AllAccepted => _accepted.Count == world.Scenario.Alerts;

    public void Start()
    {
        for (var alert = 0; alert < world.Scenario.Alerts; alert++)
        {
            var number = alert;
            var plan = dice.Of(world.Library.Plans);
            var inputs = new Dictionary<string, JsonElement>
            {
                ["host"] = JsonSerializer.SerializeToElement(dice.Of(["h1", "h1", "h2"])),
                ["flag"] = JsonSerializer.SerializeToElement(dice.Percent(50)),
                ["word"] = JsonSerializer.SerializeToElement(dice.Of(["a", "b", "c"])),
            };
            world.Agenda.In(dice.Of([TimeSpan.Zero, dice.Seconds(0, 5), dice.Seconds(0, 200)]), () => Send(number, plan, inputs));
        }
    }

    private void Send(int alert, Plan plan, Dictionary<string, JsonElement> inputs)
    {
        if (_accepted.Contains(alert))
        {
            return;
        }

        if (world.Cluster.Any(dice) is { } node)
        {
            node.Process.Post(_ => _ = SendAsync(node, alert, plan, inputs), null);
        }

        world.Agenda.In(TimeSpan.FromSeconds(30), () => Send(alert, plan, inputs));
    }

    private async Task SendAsync(Nodes.Node node, int alert, Plan plan, Dictionary<string, JsonElement> inputs)
    {
        var now = node.Process.Clock.GetUtcNow();
        var start = StartResolver.Resolve(plan.Root, null, inputs, now);
        var delivery = $"source/{alert}";
        var json = JsonSerializer.SerializeToElement(new { id = delivery, title = "Simulated", severity_score = 70 });
        var row = new AlertRow($"alert-{alert}-{++_deliveries}", "generic", delivery, now, "accepted", "Simulated", 70, null, null, json, "{}", null);
        var result = await node.Starter.StartAsync(row, [new StartRequest(plan, start.Start!, json, "alert")], drive: true, CancellationToken.None);
        if (_accepted.Add(alert))
        {
            world.Record.Accepted.Add((delivery, result));
        }
    }
}
