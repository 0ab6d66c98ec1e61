using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Responder.Engine.Policy;
using Responder.Hosting.Connections;
using Responder.Hosting.Testing.Cases;
using Responder.Playbooks;
using Responder.Playbooks.Language;
using Responder.Sdk.Estate;
using Responder.Storage;

namespace Responder.Hosting.Testing.Simulation;

/// <summary>A node of its own for one test: a store in a folder that is thrown away, the mocks over the test's estate, a clock that stands still.</summary>
internal sealed class CaseWorld : IDisposable
{
    private readonly string _path;
    private readonly DataFolder _folder;
    private readonly Pump _pump;

    private CaseWorld(string path, DataFolder folder, ResponderNode node, SimulatedTime time, Pump pump)
    {
        (_path, _folder, Node, Time, _pump) = (path, folder, node, time, pump);
        Estate = node.Connections.Service<MockEstate>() ?? throw new InvalidOperationException("The mock connector is not beside the program; tests of playbooks need it.");
    }

    public ResponderNode Node { get; }

    public SimulatedTime Time { get; }

    public MockEstate Estate { get; }

    /// <summary>Opens it. Must be called in the pump.</summary>
    /// <exception cref="Sdk.SettingsException">The test's estate or faults are wrong.</exception>
    public static CaseWorld Open(
        PlaybookTest test, Plan plan, DateTimeOffset now, CallWatch watch, IReadOnlyDictionary<string, FoundConnector> connectors, IPolicy? policy, ILoggerFactory logs, Pump pump,
        CancellationToken cancel)
    {
        var time = new SimulatedTime(now);
        var path = Directory.CreateTempSubdirectory("responder-test-").FullName;
        DataFolder? folder = null;
        try
        {
            folder = pump.Await(DataFolder.OpenAsync(path, time, cancel), cancel);
            var store = pump.Await(SqliteStore.OpenAsync(folder, new SqliteStoreOptions { Simulated = true, Readers = 1 }, time, logs.CreateLogger("Responder.Store"), cancel), cancel);
            var connections = ConnectionSet.Open(connectors, Options(test, plan, path, watch), time, logs);
            return new CaseWorld(path, folder, ResponderNode.Start(store, connections, time, logs, policy), time, pump);
        }
        catch
        {
            folder?.Dispose();
            Directory.Delete(path, recursive: true);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // A run that waits is put away by the same limits as in a node that stops: the clock is moved past them. One that never rests is left.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            var closing = Node.DisposeAsync().AsTask();
            _pump.Drain(limit.Token);
            while (!closing.IsCompleted && Time.Next is { } next)
            {
                Time.MoveTo(next);
                _pump.Drain(limit.Token);
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            // The test has been told already that it did not come to an end.
        }

        _folder.Dispose();
        Directory.Delete(_path, recursive: true);
    }

    private static ConnectionOptions Options(PlaybookTest test, Plan plan, string folder, CallWatch watch)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Mock:Overrides"] = test.Estate?.ToJsonString(),
            ["Mock:Faults"] = test.Faults?.ToJsonString(),
        };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        return new ConnectionOptions
        {
            Mode = "mock",
            Configuration = configuration,
            MockSettings = configuration.GetSection("Mock"),
            DataFolder = folder,
            MockConnections = [.. plan.Playbooks.Values.SelectMany(playbook => playbook.AllSteps()).OfType<ActionStep>().Select(step => step.Connection).OfType<string>().Distinct()],
            Without = test.Without,
            Decorators = [watch],

            // A process that ends there leaves a call whose end nobody knows; so does this.
            Crash = _ => { },
        };
    }
}
