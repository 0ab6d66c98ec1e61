using Responder.Sdk.Catalog;

namespace Responder.Playbooks.Language;

/// <summary>What a reader knows of the place where playbooks will run.</summary>
public sealed record ReadOptions
{
    /// <summary>Every action there is.</summary>
    public required ActionCatalog Catalog { get; init; }

    /// <summary>Action name to the names of the connections that serve it here; null where that is not known, and nothing is said about it then.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Connections { get; init; }

    /// <summary>
    /// What policy will add in front of a step, for people: <c>policy asks a lead (gates.destroy)</c>; null where nothing. Where this is null itself, the built-in default is told:
    /// policy asks before every <c>destroy</c>.
    /// </summary>
    public Func<ActionStep, ActionDescriptor, string?>? PolicyGate { get; init; }

    /// <summary>The vendor-neutral actions, and nothing known of connections.</summary>
    public static ReadOptions Neutral { get; } = new() { Catalog = ActionCatalog.Neutral };
}

/// <summary>What came of reading a playbook.</summary>
/// <param name="Playbook">The playbook; null where a problem is an error.</param>
/// <param name="Problems">Everything found, in the order of the file.</param>
public sealed record ReadResult(Playbook? Playbook, IReadOnlyList<Problem> Problems);
