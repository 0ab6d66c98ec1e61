using System.Text.Json;
using System.Text.Json.Nodes;
using Responder.Engine.Journal;
using Responder.Playbooks;
using Responder.Playbooks.Language;
using Responder.Scenarios.Tests.Simulation.Products;
using Responder.Scenarios.Tests.Simulation.Time;

namespace Responder.Scenarios.Tests.Simulation.Playbooks;

/// <summary>The playbooks of a world: one or two that alerts start, and one that they may call. All are judged by the validator before they are used.</summary>
internal sealed class Library
{
    private static readonly ReadOptions Options = new()
    {
        Catalog = Sdk.Catalog.ActionCatalog.Neutral,
        Connections = SimConnections.Actions.ToDictionary(name => name, _ => (IReadOnlyList<string>)["alpha", "beta"], StringComparer.Ordinal),
    };

    private readonly List<(string File, string Text)> _files = [];

    public Library(Dice dice)
    {
        Add("sub", new PlaybookMaker(dice.Split("sub"), callee: true).Make("sub"));
        var names = new List<string>();
        for (var number = 1; number <= dice.Between(1, 2); number++)
        {
            var name = $"main{number}";
            names.Add(name);
            Add(name, new PlaybookMaker(dice.Split(name), callee: false).Make(name));
        }

        var read = PlaybookLibrary.Load(_files, Options);
        Problems = [.. read.Problems.Where(problem => problem.Level == ProblemLevel.Error)];
        Plans = Problems.Count > 0 ? [] : [.. names.Select(name => PlanCompiler.Compile(name, read))];
    }

    /// <summary>What the validator refuses; must be nothing.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    public IReadOnlyList<Plan> Plans { get; }

    /// <summary>Those that were written while the world ran: undo, and the ends of leases.</summary>
    public List<Plan> Made { get; } = [];

    /// <summary>Learns definitions that it does not know from the store: the engine writes some itself.</summary>
    public Action<string, string> Learn(IDefinitions store) => (hash, playbook) =>
    {
        if (Plans.Concat(Made).All(plan => plan.Hash != hash))
        {
            var bundle = store.GetAsync(hash, CancellationToken.None).GetAwaiter().GetResult() ?? throw new InvalidOperationException($"A run's definition {hash} is not in the store.");
            Made.Add(PlanCompiler.FromBundle(playbook, bundle, Options.Catalog));
        }
    };

    /// <summary>A definition by its hash.</summary>
    public Plan Of(string hash) => Plans.Concat(Made).First(plan => plan.Hash == hash);

    /// <summary>The texts, for people.</summary>
    public string Text => string.Join("\n", _files.Select(file => $"--- {file.File}\n{file.Text}"));

    private void Add(string name, JsonObject playbook) => _files.Add(($"{name}/playbook.yaml", playbook.ToJsonString(Layout)));

    // JSON is YAML; a text of another language is written as people would write it.
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
