using System.Text.Json;
using Responder.Engine.Policy;
using Responder.Sdk;

namespace Responder.Engine.Approvals;

/// <summary>All that a gate shows and binds: an approval is for what was shown, by <see cref="Hash"/>.</summary>
public sealed record GateRequest
{
    /// <summary>The approval's id.</summary>
    public required string Id { get; init; }

    /// <summary>What is asked.</summary>
    public required string Title { get; init; }

    /// <summary>The action that waits; null for an approval step.</summary>
    public string? Action { get; init; }

    /// <summary>Its effect.</summary>
    public Effect? Effect { get; init; }

    /// <summary>The connection it would use.</summary>
    public string? Connection { get; init; }

    /// <summary>Its resolved inputs.</summary>
    public JsonElement? Inputs { get; init; }

    /// <summary>What it would act on.</summary>
    public IReadOnlyList<TargetFacts> Targets { get; init; } = [];

    /// <summary>What policy says of it.</summary>
    public PolicyAnswer? Policy { get; init; }

    /// <summary>Why the run wants it: alert and playbook in a sentence.</summary>
    public string? Why { get; init; }

    /// <summary>What the author wants shown: expression to value.</summary>
    public IReadOnlyList<EvidenceItem> Evidence { get; init; } = [];

    /// <summary>What else it touches.</summary>
    public IReadOnlyList<string> BlastRadius { get; init; } = [];

    /// <summary>Who may answer.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>How many must approve.</summary>
    public int Count { get; init; } = 1;

    /// <summary>What may be answered.</summary>
    public required IReadOnlyList<string> Choices { get; init; }

    /// <summary>The form's fields: name to JSON Schema.</summary>
    public IReadOnlyList<GateField> Fields { get; init; } = [];

    /// <summary>Until when.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>How long was given, in seconds; an escalation gives it again.</summary>
    public double? Given { get; init; }

    /// <summary>How often people are reminded while it waits, in seconds; null for never.</summary>
    public double? RemindEvery { get; init; }

    /// <summary>How often they were.</summary>
    public int Reminded { get; init; }

    /// <summary>What the deadline decides: one of the choices, or <c>escalate</c>.</summary>
    public required string OnTimeout { get; init; }

    /// <summary>Roles asked next.</summary>
    public IReadOnlyList<string> EscalateTo { get; init; } = [];

    /// <summary>True where policy asks, alone or besides the playbook.</summary>
    public bool AskedByPolicy { get; init; }

    /// <summary>Who started the run by hand and so may not answer.</summary>
    public string? Requester { get; init; }

    /// <summary><c>sha256:…</c> of action, connection, resolved inputs, target facts and definition.</summary>
    public required string Hash { get; init; }
}

/// <summary>One thing the author wants shown.</summary>
public sealed record EvidenceItem(string Expression, JsonElement Value);

/// <summary>A field of a gate's form.</summary>
public sealed record GateField(string Name, string Type, string? Description, bool Required, JsonElement? Default, IReadOnlyList<JsonElement> Enum, string? Pattern);
