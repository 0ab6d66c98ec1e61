using System.Text.Json;
using Responder.Playbooks.Expressions;

namespace Responder.Playbooks.Language;

/// <summary>A checked playbook: what its author wrote, compiled. Immutable.</summary>
public sealed record Playbook
{
    /// <summary>Kebab-case; equals its folder's name.</summary>
    public required string Id { get; init; }

    /// <summary>For people.</summary>
    public required string Name { get; init; }

    /// <summary>For people.</summary>
    public string? Description { get; init; }

    /// <summary>Who answers for it.</summary>
    public string? Owner { get; init; }

    /// <summary>ATT&amp;CK technique ids.</summary>
    public IReadOnlyList<string> Attack { get; init; } = [];

    /// <summary>Free words.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>What starts it; all null where it can only be called.</summary>
    public required Trigger On { get; init; }

    /// <summary>How many of its runs may be at work at once; null where that does not matter.</summary>
    public Concurrency? Concurrency { get; init; }

    /// <summary>What it needs, in the order written.</summary>
    public IReadOnlyList<InputDefinition> Inputs { get; init; } = [];

    /// <summary>Names that <c>set</c> may change, with their start values.</summary>
    public IReadOnlyDictionary<string, ValueNode> Vars { get; init; } = new Dictionary<string, ValueNode>();

    /// <summary>What a call of it returns.</summary>
    public IReadOnlyDictionary<string, ValueNode> Outputs { get; init; } = new Dictionary<string, ValueNode>();

    /// <summary>For the whole run.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The work.</summary>
    public required IReadOnlyList<Step> Steps { get; init; }

    /// <summary>Run when the run fails.</summary>
    public IReadOnlyList<Step> OnFailure { get; init; } = [];

    /// <summary>Run at every end.</summary>
    public IReadOnlyList<Step> Finally { get; init; } = [];

    /// <summary>The file it was read from, as it was named to us.</summary>
    public required string File { get; init; }

    /// <summary>The file's text.</summary>
    public required string Source { get; init; }

    /// <summary><c>sha256:…</c> of the text.</summary>
    public required string Hash { get; init; }

    /// <summary>Every step of it, whatever it is inside, in the order written.</summary>
    public IEnumerable<Step> AllSteps() => Steps.Concat(OnFailure).Concat(Finally).SelectMany(step => step.WithInner());
}

/// <summary>What starts a playbook.</summary>
/// <param name="Alert">An alert for which <c>when</c> is true.</param>
/// <param name="Schedule">A time.</param>
/// <param name="Manual">A person.</param>
public sealed record Trigger(AlertTrigger? Alert, ScheduleTrigger? Schedule, bool Manual);

/// <summary>Which alerts start it.</summary>
/// <param name="When">True for those that do.</param>
/// <param name="DedupeKey">An alert with the same key inside the window is attached to the run that is there.</param>
/// <param name="DedupeWindow">How long a key counts.</param>
public sealed record AlertTrigger(Expression When, ValueNode? DedupeKey, TimeSpan? DedupeWindow);

/// <summary>When it starts by itself.</summary>
/// <param name="Cron">Quartz syntax.</param>
/// <param name="TimeZone">An IANA name; UTC where none is given.</param>
public sealed record ScheduleTrigger(string Cron, string? TimeZone);

/// <summary>What a second run of the same key does.</summary>
public enum ConcurrencyPolicy
{
    /// <summary>It waits for the first to end.</summary>
    Queue,

    /// <summary>It is not started.</summary>
    Skip,

    /// <summary>It fails.</summary>
    Fail,
}

/// <summary>One run at a time for a key; keys are one name space for all playbooks.</summary>
/// <param name="Key">The key.</param>
/// <param name="Policy">What a second one does.</param>
public sealed record Concurrency(ValueNode Key, ConcurrencyPolicy Policy);

/// <summary>An input of a playbook, or a field of an approval's form.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Description">For people.</param>
/// <param name="Default">Its value where none is given.</param>
/// <param name="Required">True where <c>null</c> after the default refuses the start.</param>
/// <param name="Enum">The values it may have; empty where any.</param>
/// <param name="Pattern">A regular expression that it must match.</param>
/// <param name="At">Where it is written.</param>
public sealed record InputDefinition(
    string Name, InputType Type, string? Description, ValueNode? Default, bool Required, IReadOnlyList<JsonElement> Enum, string? Pattern, SourcePosition At);

/// <summary>The type of an input: a base type or checked form, and whether it is a list of them.</summary>
/// <param name="Base"><c>string</c>, <c>integer</c>, <c>number</c>, <c>boolean</c>, <c>object</c>, <c>hostname</c>, <c>email</c>, <c>ip</c>, <c>sha256</c>, <c>windows_path</c>, <c>time</c>, <c>duration</c>.</param>
/// <param name="IsList">Written with <c>[]</c>.</param>
public sealed record InputType(string Base, bool IsList)
{
    /// <summary>As written.</summary>
    public override string ToString() => IsList ? Base + "[]" : Base;
}
