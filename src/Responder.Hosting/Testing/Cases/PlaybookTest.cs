using System.Text.Json;
using System.Text.Json.Nodes;

namespace Responder.Hosting.Testing.Cases;

/// <summary>One test of a playbook: how a run is started, what happens to it, and what must come of it. The keys are those of playbooks/README.md.</summary>
public sealed record PlaybookTest
{
    /// <summary>One sentence: what it shows. Where it is not said, the test goes by its file and number.</summary>
    public string? About { get; init; }

    /// <summary>The alert, a path from the test's folder.</summary>
    public string? Alert { get; init; }

    /// <summary>A JSON merge patch over the alert's document.</summary>
    public JsonObject? Patch { get; init; }

    /// <summary>Inputs of a start by hand.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Inputs { get; init; }

    /// <summary>When the run starts.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>Laid over the mock estate.</summary>
    public JsonObject? Estate { get; init; }

    /// <summary>What goes wrong.</summary>
    public JsonArray? Faults { get; init; }

    /// <summary>Capabilities that no connector serves.</summary>
    public IReadOnlyList<string> Without { get; init; } = [];

    /// <summary>Who answers what, by step.</summary>
    public IReadOnlyDictionary<string, AnswerScript> Answers { get; init; } = new Dictionary<string, AnswerScript>();

    /// <summary>What the world does meanwhile.</summary>
    public IReadOnlyList<Happening> Happens { get; init; } = [];

    /// <summary>What must have come of it.</summary>
    public required Expectation Expect { get; init; }
}

/// <summary>Something that happens while the run is at work: one moment and one thing.</summary>
public sealed record Happening
{
    /// <summary>So long after the run's start.</summary>
    public string? At { get; init; }

    /// <summary>When the action of a step is about to be called the first time.</summary>
    public string? Before { get; init; }

    /// <summary>When a step has ended.</summary>
    public string? After { get; init; }

    /// <summary>A change of the estate.</summary>
    public JsonElement? Do { get; init; }

    /// <summary>An event from outside.</summary>
    public NamedEvent? Event { get; init; }
}

/// <summary>An event, as <c>POST /api/events/{name}</c> brings it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Payload">What it brings.</param>
public sealed record NamedEvent(string Name, JsonElement Payload);
