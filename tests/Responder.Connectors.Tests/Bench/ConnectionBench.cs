using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Responder.Sdk;
using Responder.Sdk.Catalog;
using Responder.Sdk.Chat;

namespace Responder.Connectors.Tests.Bench;

/// <summary>One connection of a connector, driven as the engine drives it: inputs and results go through JSON.</summary>
public sealed class ConnectionBench : IAsyncDisposable
{
    private readonly Dictionary<string, byte[]> _artifacts = [];
    private readonly TimeProvider _time;
    private int _steps;

    public ConnectionBench(
        IConnector connector, string dataFolder, TimeProvider time, IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? more = null)
    {
        _time = time;
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection((settings ?? new Dictionary<string, string?>()).Select(one => KeyValuePair.Create("Connections:it:" + one.Key, one.Value)))
            .Build();
        var services = new ServiceCollection().AddLogging().AddSingleton(time).AddSingleton(new ConnectionInfo("it", connector.Name, dataFolder)).AddSingleton<IAnswerLinks, BenchLinks>();
        more?.Invoke(services);
        connector.Configure(services, configuration.GetSection("Connections:it"));
        Services = services.BuildServiceProvider();
        Catalog = ActionCatalog.From([connector.GetType().Assembly]);
        Actions = HandlerFinder.Bind(connector.GetType().Assembly, Catalog, Services);
    }

    public ServiceProvider Services { get; }

    public ActionCatalog Catalog { get; }

    public IReadOnlyDictionary<string, BoundAction> Actions { get; }

    /// <summary>The context of a step; each step without a name is another one.</summary>
    public BenchContext Step(string? name = null, bool mayAct = true, Action? atGate = null) => new(name ?? $"steps[{_steps++}]", _time, _artifacts) { MayAct = mayAct, AtGate = atGate };

    public BoundAction Bound(object action) => Actions[Catalog.Of(action.GetType()).Name];

    public async Task<Outcome<TResult>> DoAsync<TResult>(IAction<TResult> action, BenchContext? context = null)
    {
        var outcome = await Bound(action).RunAsync(Inputs(action), context ?? Step());
        return new Outcome<TResult>(outcome.Value.Deserialize<TResult>(Json.Options)!, outcome.Kind);
    }

    public async Task<TResult> ReadAsync<TResult>(IAction<TResult> action) => (await DoAsync(action)).Value;

    public async Task<ActionFailure> FailsAsync<TResult>(IAction<TResult> action, FailureKind kind)
    {
        var failure = await Assert.ThrowsAsync<ActionFailure>(() => DoAsync(action));
        Assert.Equal(kind, failure.Kind);
        return failure;
    }

    public Task<Before?> BeforeAsync<TResult>(IAction<TResult> action) => Bound(action).BeforeAsync(Inputs(action), Step());

    public async Task<ProbeAnswer<TResult>> ProbeAsync<TResult>(IAction<TResult> action, BenchContext context, Before? before = null)
    {
        var (verdict, result, reason) = await Bound(action).ProbeAsync(Inputs(action), before, _time.GetUtcNow(), context);
        return new ProbeAnswer<TResult>(verdict, result is { } json ? json.Deserialize<TResult>(Json.Options) : default, reason);
    }

    public T Manifest<T>(ArtifactRef artifact) => JsonSerializer.Deserialize<T>(_artifacts[artifact.Artifact], Json.Options)!;

    public byte[] Bytes(ArtifactRef artifact) => _artifacts[artifact.Artifact];

    public ArtifactRef Keep(string name, string text) => Step().KeepAsync(name, "text/plain", System.Text.Encoding.UTF8.GetBytes(text)).Result;

    public ValueTask DisposeAsync() => Services.DisposeAsync();

    public static JsonElement Inputs(object action) => JsonSerializer.SerializeToElement(action, action.GetType(), Json.Options);
}
