using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Responder.Engine;
using Responder.Engine.Alerts;
using Responder.Engine.Host;
using Responder.Engine.Journal;
using Responder.Engine.Matching;
using Responder.Engine.Runs;
using Responder.Hosting;
using Responder.Hosting.Connections;
using Responder.Hosting.Emulation;
using Responder.Hosting.Views;
using Responder.Playbooks;
using Responder.Playbooks.Language;
using Responder.Playbooks.Mappings;
using Responder.Sdk.Emulation;
using Responder.Sdk.Estate;
using Responder.Storage;
using Responder.Web.Answers;

namespace Responder.Tests.Emulated;

/// <summary>
/// The case on the real connectors over all emulators, joined as the program joins them, in one process and by a clock that goes faster: what takes hours of waiting
/// takes seconds. A call's own time-out is by the wall's clock, and short.
/// </summary>
internal sealed class EmulatedCase : IAsyncDisposable
{
    private const string Playbook = "t1074-data-staged";
    private readonly DirectoryInfo _folder;
    private readonly DataFolder _data;
    private readonly ConnectionSet _mocks;
    private readonly WebApplication _answers;

    private EmulatedCase(DirectoryInfo folder, DataFolder data, ConnectionSet mocks, EmulatorFleet fleet, ResponderNode node, WebApplication answers, FastTime time)
    {
        (_folder, _data, _mocks, _answers) = (folder, data, mocks, answers);
        (Fleet, Node, Time) = (fleet, node, time);
    }

    public FastTime Time { get; }

    public EmulatorFleet Fleet { get; }

    public ResponderNode Node { get; }

    public MockEstate Estate => _mocks.Service<MockEstate>()!;

    /// <summary>How often each effect was done, over all targets.</summary>
    public IReadOnlyDictionary<string, int> Done => Estate.Effects().ToDictionary(one => one.Key, one => one.Value.Count);

    /// <summary>Starts the emulators, a node on the real connectors, and the page of answers.</summary>
    /// <param name="faster">How much faster its clock goes.</param>
    /// <param name="edr">The connection that serves the hosts, where it is not the company's first.</param>
    public static async Task<EmulatedCase> OpenAsync(int faster = 20, string? edr = null)
    {
        var time = new FastTime(faster);
        var folder = Directory.CreateTempSubdirectory("responder-case");
        var found = ConnectorFinder.Find(AppContext.BaseDirectory);
        var mocks = ConnectionSet.Open(found, Options("mock", Settings("{}"), folder.FullName), time, NullLoggerFactory.Instance);
        var fleet = await EmulatorFleet.StartAsync(found, mocks.Service<MockEstate>()!, new EmulatorServerOptions { Time = time });
        var settings = FleetSettings.Of(fleet, mocks.Catalog, new Dictionary<string, string?> { ["Folder"] = folder.FullName }, ["reputation", "mail_gateway"], "http://127.0.0.1:1");
        settings.Remove("PublicAddress");
        settings["Capabilities"]!["edr"] = edr ?? settings["Capabilities"]!["edr"]!.GetValue<string>();
        foreach (var member in fleet.Members)
        {
            settings["Connections"]![member.Server.Name]![member.Connector.Connector.Name is "jira" or "splunk" or "teams" ? "Timeout" : "TimeoutSeconds"] = "2";
        }

        var data = await DataFolder.OpenAsync(Path.Combine(folder.FullName, "data"), time, default);
        var store = await SqliteStore.OpenAsync(data, new SqliteStoreOptions(), time, NullLogger.Instance, default);
        var node = ResponderNode.Start(store, ConnectionSet.Open(found, Options("configured", Settings(settings.ToJsonString()), data.Path), time, NullLoggerFactory.Instance), time, NullLoggerFactory.Instance);
        var answers = await AnswerServer.StartAsync(node, "http://127.0.0.1:0", null, default);
        node.Connections.Answers.ServedAt(answers.Urls.First());
        node.Sweep();
        return new EmulatedCase(folder, data, mocks, fleet, node, answers, time);
    }

    /// <summary>Starts the case. Gates that the playbook asks are answered at once, those that policy asks by an analyst while the run is waited for.</summary>
    public async Task<string> StartAsync(string alert = "sysmon-data-staged.json")
    {
        var library = PlaybookLibrary.Load(Path.Combine(Repository.Root, "playbooks"), Node.ReadOptions);
        var plan = PlanCompiler.Compile(Playbook, library);
        var bytes = await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "playbooks", Playbook, "alerts", alert));
        var read = new AlertNormalizer(BuiltInMappings.Read()).Normalize(AlertNormalizer.Auto, bytes, Time.GetUtcNow()).Alerts[0].ToJson();
        var start = StartResolver.Resolve(plan.Root, read, null, Time.GetUtcNow()).Start!;
        var admitted = await Node.Starter.StartAsync(null, [new StartRequest(plan, start, read, "test", AutoAnswer.All, Dedupe: false)], drive: true, default);
        return admitted.Runs[0].RunId;
    }

    /// <summary>Waits until a run stands as wanted, and gives it.</summary>
    public async Task<RunView> UntilAsync(string runId, Func<RunView, bool> wanted)
    {
        using var feed = Node.Store.Feed.Follow(runId);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(5));
        await using var notices = feed.ReadAllAsync(limit.Token).GetAsyncEnumerator(limit.Token);
        var view = await ViewAsync(runId);
        try
        {
            while (!wanted(view))
            {
                await ApproveAsync(runId);
                await notices.MoveNextAsync();
                view = await ViewAsync(runId);
            }
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            Assert.Fail($"The run stands still: {Told(view)}");
        }

        return view;
    }

    /// <summary>Waits for a run's end, or for it to be in doubt.</summary>
    public Task<RunView> EndAsync(string runId) => UntilAsync(runId, view => view.Status.IsEnd() || view.Status == RunStatus.InDoubt);

    /// <summary>What became of each step, for the message of a test that fails.</summary>
    public static string Told(RunView view) =>
        $"{view.Status} {view.Outcome}\n{string.Join('\n', view.Steps.Where(step => step.Action is not null).Select(step => $"{step.Path} {step.Action} {step.Status} ×{step.Attempts} {step.Error?.Message}"))}";

    public async ValueTask DisposeAsync()
    {
        await _answers.DisposeAsync();
        await Node.DisposeAsync();
        await Fleet.DisposeAsync();
        await _mocks.DisposeAsync();
        _data.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task ApproveAsync(string runId)
    {
        foreach (var open in (await Node.Store.Queries.ApprovalsAsync("pending", runId, 50, null, default)).Items)
        {
            await Node.Host.SignalAsync(runId, new AnswerGate(open.Id, "mlee", ["analyst"], open.Gate.Choices[0], null, null, open.Gate.Hash, "api"));
        }
    }

    private async Task<RunView> ViewAsync(string runId) => RunView.Of((await Node.Store.Journal.ReadAsync(runId, 0, default))!, Time.GetUtcNow(), null);

    private static IConfiguration Settings(string json) => new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build();

    private static ConnectionOptions Options(string mode, IConfiguration settings, string folder) => new() { Mode = mode, Configuration = settings, DataFolder = folder };
}
