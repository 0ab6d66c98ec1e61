using System.Text.Json;
using Responder.Engine.Runs;
using Responder.Scenarios.Tests.Simulation.Nodes;
using Responder.Sdk;
using Responder.Sdk.Catalog;

namespace Responder.Scenarios.Tests.Simulation.Products;

/// <summary>Two connections to every product, as one process has them. They differ in what a repeat does there, and so in their rules.</summary>
internal sealed class SimConnections : IConnections, ITargetDescriber
{
    public const string Connector = "sim";

    /// <summary>The rules of each connection.</summary>
    private static readonly Dictionary<string, (Recover? Alpha, Recover? Beta)> Rules = new(StringComparer.Ordinal)
    {
        ["edr.find_host"] = (null, null),
        ["identity.list_groups"] = (null, null),
        ["chat.notify"] = (Recover.Repeat, Recover.Repeat),
        ["chat.ask"] = (Recover.Repeat, Recover.Repeat),
        ["tickets.create"] = (Recover.Probe, Recover.Ask),
        ["tickets.comment"] = (Recover.Probe, Recover.Probe),
        ["tickets.update"] = (Recover.Repeat, Recover.Repeat),
        ["edr.isolate_host"] = (Recover.Repeat, Recover.Probe),
        ["edr.release_host"] = (Recover.Repeat, Recover.Probe),
        ["identity.disable_user"] = (Recover.Repeat, Recover.Ask),
        ["identity.enable_user"] = (Recover.Repeat, Recover.Ask),
        ["identity.reset_password"] = (Recover.Repeat, Recover.Probe),
        ["edr.delete_folder"] = (Recover.Probe, Recover.Ask),
        ["edr.kill_process"] = (Recover.Probe, Recover.Ask),
        ["http.request"] = (null, null),
    };

    private readonly Dictionary<string, Connection> _byName;
    private readonly World _world;
    private readonly SimProcess _process;

    public SimConnections(World world, SimProcess process)
    {
        (_world, _process) = (world, process);
        _byName = new(StringComparer.Ordinal) { ["alpha"] = Make("alpha"), ["beta"] = Make("beta") };
    }

    public static IReadOnlyList<string> Actions => [.. Rules.Keys];

    /// <summary>The rule that holds for a call; null where it reads. A request says it itself, in a header.</summary>
    public static Recover? RuleOf(ActionDescriptor action, Recover? declared, JsonElement inputs) =>
        action.Name != "http.request" ? declared
        : inputs.TryGetProperty("headers", out var headers) && headers.TryGetProperty("rule", out var rule) ? Enum.Parse<Recover>(rule.GetString()!, ignoreCase: true)
        : null;

    public ActionCatalog Catalog => ActionCatalog.Neutral;

    public string Mode => "configured";

    public Connection? For(string action, string? connection) => _byName[connection ?? "alpha"];

    public Connection? Named(string name) => _byName.GetValueOrDefault(name);

    public bool Serves(string capability) => true;

    public async Task<TargetFacts> DescribeAsync(TargetKind kind, string value, CancellationToken cancel)
    {
        await Task.Delay(_world.ProductDice.Milliseconds(1, 100), _process.Clock, cancel);
        return new TargetFacts(kind, value.ToLowerInvariant(), [value], [], value.StartsWith("dc", StringComparison.Ordinal) ? "Domain Controller" : "Workstation");
    }

    private Connection Make(string name) => new()
    {
        Name = name,
        Connector = Connector,
        Actions = Rules.ToDictionary(
            rule => rule.Key,
            rule => _world.Mutant.Action(new SimAction(ActionCatalog.Neutral.Find(rule.Key)!, name == "alpha" ? rule.Value.Alpha : rule.Value.Beta, name, _world, _process)),
            StringComparer.Ordinal),
        Describer = this,
    };
}
