using System.Collections.Concurrent;
using System.Globalization;

namespace Responder.Scenarios.Tests.Simulation;

/// <summary>
/// What docs/engine.md promises, in a world for each seed. `RESPONDER_SIM_SEED=N` runs one seed and tells all of it; `RESPONDER_SIM_SEEDS` says how many are
/// run, `RESPONDER_SIM_FIRST` where they begin.
/// </summary>
public sealed class SimulationTests
{
    private const int Told = 10;

    [Fact]
    public void Every_promise_holds_in_every_seed()
    {
        var (first, count) = Number("RESPONDER_SIM_SEED") is { } one ? (one, 1) : (Number("RESPONDER_SIM_FIRST") ?? 1, Number("RESPONDER_SIM_SEEDS") ?? 2000);
        var failed = new ConcurrentDictionary<ulong, SimulationRun>();
        Parallel.For(0, (long)count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = TestContext.Current.CancellationToken }, (index, loop) =>
        {
            var run = SimulationRun.Of(Scenario.Of(first + (ulong)index));
            if (run.Violations.Count > 0 && failed.TryAdd(first + (ulong)index, run) && failed.Count >= Told)
            {
                loop.Stop();
            }
        });

        Assert.True(failed.IsEmpty, Tell(failed));
    }

    private static string Tell(ConcurrentDictionary<ulong, SimulationRun> failed)
    {
        var lines = failed.OrderBy(one => one.Key).Select(one => $"seed {one.Key}: {string.Join(" :: ", one.Value.Violations.Take(2))}").ToList();
        return $"Each of these is run again, and told in full, by RESPONDER_SIM_SEED=N (CONTRIBUTING.md):\n{string.Join('\n', lines)}\n"
            + (failed.Count == 1 ? failed.Values.Single().Story() : string.Empty);
    }

    private static ulong? Number(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? ulong.Parse(text, CultureInfo.InvariantCulture) : null;
}
