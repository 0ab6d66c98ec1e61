using Responder.Scenarios.Tests.Simulation.Mutants;

namespace Responder.Scenarios.Tests.Simulation;

/// <summary>The simulation bites: each of these faults, put in on purpose, is found, and the promise that it breaks is named.</summary>
public sealed class MutantTests
{
    private const ulong Patience = 600;

    /// <summary>The fault, and the promises that may be the first to fall.</summary>
    public static TheoryData<string, int[]> Faults => new()
    {
        { nameof(SkipsTheIntent), [1] },
        { nameof(RepeatsWithoutAProbe), [2] },
        { nameof(SettlesTooSoon), [2] },
        { nameof(ForgetsTheFence), [1, 3] },
        { nameof(ForgetsTheGate), [1, 3, 8] },
        { nameof(ForgetsTheDead), [4] },
        { nameof(KeepsOldApprovals), [5] },
        { nameof(ForgetsThatItSlept), [6] },
        { nameof(TellsThePassword), [7] },
        { nameof(ForgetsLocks), [8] },
        { nameof(ForgetsTheSwitch), [8] },
        { nameof(ForgetsQuotas), [11] },
        { nameof(ForgetsOtherHolders), [13] },
        { nameof(AnswersBeforeTheCommit), [1, 3, 6, 10] },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_found(string name, int[] promises)
    {
        var type = typeof(Mutant).Assembly.GetType($"{typeof(Mutant).Namespace}.{name}", throwOnError: true)!;
        for (var seed = 1UL; seed <= Patience; seed++)
        {
            var run = SimulationRun.Of(Scenario.Of(seed), (Mutant)Activator.CreateInstance(type)!);
            if (run.Violations.Count > 0)
            {
                TestContext.Current.TestOutputHelper!.WriteLine($"{name}: found in {seed} seeds: {run.Violations[0]}");
                Assert.Contains(promises, number => run.Violations[0].StartsWith($"promise {number}:", StringComparison.Ordinal));
                return;
            }
        }

        Assert.Fail($"{name} was not found in {Patience} seeds.");
    }
}
