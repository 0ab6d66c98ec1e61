namespace Responder.Scenarios.Tests.Simulation;

/// <summary>A world in which nothing else goes wrong, run again and again: at each place where a process can die it does, once.</summary>
public sealed class EveryBoundaryTests
{
    public static TheoryData<ulong> Seeds => [.. Enumerable.Range(1, 10).Select(one => (ulong)one)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_process_may_die_at_any_place(ulong seed)
    {
        var calm = Scenario.Of(seed) with { Nodes = 1 + (int)(seed % 2), Alerts = 1, Trouble = 0, DieAt = 0, Switches = false, FullDisk = false, WrongClock = false, Cancels = 0 };
        var places = SimulationRun.Of(calm).Boundaries;
        var broken = new List<string>();
        for (var place = 1; place <= places; place++)
        {
            var run = SimulationRun.Of(calm with { DieAt = place });
            broken.AddRange(run.Violations.Take(1).Select(violation => $"seed {seed}, place {place} of {places}: {violation}"));
        }

        Assert.True(places >= 5, $"seed {seed} has {places} places only.");
        Assert.True(broken.Count == 0, string.Join('\n', broken));
    }
}
