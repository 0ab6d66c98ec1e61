using Responder.Engine.Journal;
using Responder.Scenarios.Tests.Simulation.Products;
using Responder.Scenarios.Tests.Simulation.Time;

namespace Responder.Scenarios.Tests.Simulation.People;

/// <summary>Throws the kill switch, and lifts it later.</summary>
internal sealed class Switches(World world, Dice dice)
{
    public void Start()
    {
        for (var time = dice.Between(1, 2); time > 0; time--)
        {
            var (scope, name) = dice.Of([("all", ""), ("connector", SimConnections.Connector), ("playbook", "main1")]);
            var on = dice.Of([dice.Milliseconds(0, 3000), dice.Seconds(0, 300)]);
            world.Agenda.In(on, () => Set(scope, name, true));
            world.Agenda.In(on + dice.Of([dice.Seconds(1, 1200), dice.Seconds(3700, 7200)]), () => Set(scope, name, false));
        }
    }

    private void Set(string scope, string name, bool on)
    {
        var row = new KillSwitchRow(scope, name, "lead", "drill", world.Agenda.Now);
        world.Store.KillSwitch.SetAsync(row, on, CancellationToken.None).GetAwaiter().GetResult();
        world.Record.Switched(row, on);
    }
}
