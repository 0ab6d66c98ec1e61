using Responder.Engine.Alerts;
using Responder.Engine.Policy;
using Responder.Hosting.Connections;
using Responder.Hosting.Testing.Cases;
using Responder.Hosting.Testing.Checks;
using Responder.Playbooks;
using Responder.Sdk.Catalog;

namespace Responder.Hosting.Testing.Simulation;

/// <summary>Carries out one test, from its start to what came of it.</summary>
/// <param name="connectors">The connectors beside the program.</param>
/// <param name="catalog">Every action there is.</param>
/// <param name="normalizer">Reads alerts.</param>
/// <param name="policy">Policy; the built-in one where null.</param>
internal sealed class CaseRun(IReadOnlyDictionary<string, FoundConnector> connectors, ActionCatalog catalog, AlertNormalizer normalizer, IPolicy? policy)
{
    /// <summary>Carries it out on the calling thread.</summary>
    /// <param name="test">The test.</param>
    /// <param name="folder">The test's folder.</param>
    /// <param name="plan">The playbook with all that it calls.</param>
    /// <param name="cancel">Ends it.</param>
    public CaseOutcome Run(PlaybookTest test, string folder, Plan plan, CancellationToken cancel)
    {
        var names = new StepNames(plan);
        if (NameChecks.Failures(test, names, catalog).ToList() is { Count: > 0 } wrong)
        {
            return new CaseOutcome(wrong, [], null);
        }

        var start = CaseStart.Resolve(test, folder, plan.Root, normalizer);
        if (start.Start is null)
        {
            return new CaseOutcome([.. NotStarted(test.Expect, start.Refusal!)], [], null);
        }

        if (test.Expect.Started == false)
        {
            return new CaseOutcome(["started: no run was expected; one would start."], [], null);
        }

        var pump = new Pump();
        return pump.Run(() => InWorld(test, plan, names, start, pump, cancel));
    }

    private CaseOutcome InWorld(PlaybookTest test, Plan plan, StepNames names, CaseStart start, Pump pump, CancellationToken cancel)
    {
        using var logs = new ErrorLog();
        var watch = new CallWatch();
        using var world = CaseWorld.Open(test, plan, start.Now, watch, connectors, policy, logs, pump, cancel);
        var driver = new CaseDriver(world, test, names, watch, pump, cancel);
        var history = new RunHistory(driver.Run(plan, start));
        var result = new CaseResult(driver.RunId, history, names, watch.Calls, world.Estate);
        var expect = test.Expect;
        return new CaseOutcome(
            [
                .. driver.Problems, .. logs.Errors.Select(error => "The engine reported an error: " + error),
                .. RunChecks.Failures(expect, result), .. ApprovalChecks.Failures(expect, result), .. RecordChecks.Failures(expect, result),
            ],
            driver.Notes,
            result);
    }

    private static IEnumerable<string> NotStarted(Expectation expect, string refusal)
    {
        if (expect.Started != false)
        {
            yield return $"No run started: {refusal}";
        }
        else if (expect.Reason is { } reason && !refusal.Contains(reason, StringComparison.Ordinal))
        {
            yield return $"reason: '{reason}' is not in it; it is '{refusal}'.";
        }
    }
}

/// <summary>What came of a test.</summary>
/// <param name="Failures">What was not as expected; none where it passed.</param>
/// <param name="Notes">What helps to see why.</param>
/// <param name="Result">The run; null where none was started.</param>
internal sealed record CaseOutcome(IReadOnlyList<string> Failures, IReadOnlyList<string> Notes, CaseResult? Result);
