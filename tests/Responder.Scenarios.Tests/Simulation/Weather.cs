using Responder.Scenarios.Tests.Simulation.Time;

namespace Responder.Scenarios.Tests.Simulation;

/// <summary>What befalls a whole machine: a full disk, a clock set wrong, a node that is stopped in good order.</summary>
/// <param name="world">The world.</param>
/// <param name="dice">Chance.</param>
internal sealed class Weather(World world, Dice dice)
{
    public void Start()
    {
        if (world.Scenario.FullDisk)
        {
            var at = dice.Seconds(1, 600);
            world.Agenda.In(at, () => world.DiskIsFull = true);
            world.Agenda.In(at + dice.Seconds(1, 900), () => world.DiskIsFull = false);
        }

        if (world.Scenario.WrongClock)
        {
            world.Agenda.In(dice.Seconds(1, 1200), () =>
            {
                if (world.Cluster.Any(dice) is { } node)
                {
                    node.Process.Clock.Off = TimeSpan.FromMinutes(dice.Of([-60, -5, 5, 60, 600]));
                    world.Cluster.Poke();
                }
            });
        }

        if (world.Scenario.Deaths > 0 && dice.Percent(30))
        {
            world.Agenda.In(dice.Seconds(1, 300), () => world.Cluster.Any(dice)?.Leave());
        }
    }
}
