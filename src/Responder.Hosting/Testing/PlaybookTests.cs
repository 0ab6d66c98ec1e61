using System.Collections.Concurrent;
using Responder.Engine.Alerts;
using Responder.Engine.Policy;
using Responder.Hosting.Connections;
using Responder.Hosting.Testing.Cases;
using Responder.Hosting.Testing.Coverage;
using Responder.Hosting.Testing.Simulation;
using Responder.Playbooks;
using Responder.Playbooks.Language;
using Responder.Playbooks.Mappings;
using Responder.Sdk;
using Responder.Sdk.Catalog;
using Responder.Sdk.Estate;

namespace Responder.Hosting.Testing;

/// <summary>The tests of playbooks: found below paths, each run on the mocks in simulated time, many at once.</summary>
public sealed class PlaybookTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, Lazy<PlaybookLibrary>> _libraries = new(StringComparer.Ordinal);
    private readonly ReadOptions _options;
    private readonly CaseRun _runner;

    private PlaybookTests(IReadOnlyList<TestCase> cases, IReadOnlyDictionary<string, FoundConnector> connectors, IPolicy? policy)
    {
        Cases = cases;
        _options = new ReadOptions { Catalog = ActionCatalog.From(connectors.Values.Select(one => one.Assembly)) };
        _runner = new CaseRun(connectors, _options.Catalog, new AlertNormalizer(BuiltInMappings.Read()), policy);
    }

    /// <summary>The tests, file by file in the order of their names. A file that can't be read is one of them, and fails.</summary>
    public IReadOnlyList<TestCase> Cases { get; }

    /// <summary>Finds tests: <c>tests/*.yaml</c> beside each <c>playbook.yaml</c> below a folder, or the file that is named.</summary>
    /// <param name="paths">Folders, playbooks or files of tests.</param>
    /// <param name="connectors">The connectors beside the program; the mock must be one.</param>
    /// <param name="policy">Policy; the built-in one where null.</param>
    /// <exception cref="TestFileException">A path is not there.</exception>
    public static PlaybookTests Find(IEnumerable<string> paths, IReadOnlyDictionary<string, FoundConnector> connectors, IPolicy? policy = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(connectors);
        return new PlaybookTests([.. paths.SelectMany(TestFiles.Below).Distinct(StringComparer.Ordinal).SelectMany(TestFiles.Read)], connectors, policy);
    }

    /// <summary>Runs one test on the calling thread.</summary>
    /// <param name="one">The test.</param>
    /// <param name="cancel">Ends it.</param>
    public TestResult Run(TestCase one, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(one);
        var began = TimeProvider.System.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        var outcome = Outcome(one, limit.Token, cancel);
        var visits = outcome.Result is { } result ? Visits.Of(result.History, result.Names) : new HashSet<CoverageKey>();
        return new TestResult(one, outcome.Failures, outcome.Notes, TimeProvider.System.GetElapsedTime(began), visits);
    }

    /// <summary>Runs all tests.</summary>
    /// <param name="told">Called after each, by one thread at a time, as they end.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>The results, in the order of <see cref="Cases"/>.</returns>
    public async Task<IReadOnlyList<TestResult>> RunAllAsync(Action<TestResult>? told, CancellationToken cancel)
    {
        var results = new TestResult[Cases.Count];
        var turn = new Lock();
        await Parallel.ForEachAsync(Enumerable.Range(0, Cases.Count), cancel, (index, stop) =>
        {
            results[index] = Run(Cases[index], stop);
            lock (turn)
            {
                told?.Invoke(results[index]);
            }

            return ValueTask.CompletedTask;
        });
        return results;
    }

    /// <summary>What no test ran, of the playbooks that have tests here.</summary>
    /// <param name="results">The results.</param>
    public CoverageReport Covered(IReadOnlyList<TestResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var playbooks = Cases.Select(one => one.PlaybookFolder).Distinct(StringComparer.Ordinal)
            .Select(folder => Library(folder).Playbooks.GetValueOrDefault(Path.GetFileName(folder))).OfType<Playbook>();
        return CoverageReport.Of(playbooks, results);
    }

    private CaseOutcome Outcome(TestCase one, CancellationToken limit, CancellationToken cancel)
    {
        try
        {
            return one.Test is { } test
                ? _runner.Run(test, Path.GetDirectoryName(one.File)!, PlanCompiler.Compile(Path.GetFileName(one.PlaybookFolder), Library(one.PlaybookFolder)), limit)
                : new CaseOutcome([one.Problem!], [], null);
        }
        catch (PlanFailure failure)
        {
            return new CaseOutcome([failure.Message, .. failure.Problems.Where(problem => problem.Level == ProblemLevel.Error).Take(5).Select(problem => problem.ToString())], [], null);
        }
        catch (Exception exception) when (exception is TestFileException or SettingsException or EstateException)
        {
            return new CaseOutcome([exception.Message], [], null);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new CaseOutcome([$"The test did not come to an end within {Patience.TotalSeconds:0} s of real time."], [], null);
        }
    }

    /// <summary>A playbook with those beside it, which it may call.</summary>
    private PlaybookLibrary Library(string folder) => _libraries.GetOrAdd(
        Path.GetDirectoryName(folder)!, parent => new Lazy<PlaybookLibrary>(() => PlaybookLibrary.Load(parent, _options))).Value;
}
