using Responder.Playbooks.Language;

namespace Responder.Playbooks;

/// <summary>What a run is pinned to: a playbook and every playbook that it calls, compiled.</summary>
public sealed class Plan
{
    /// <summary>The playbook that was started.</summary>
    public required Playbook Root { get; init; }

    /// <summary>It and all that it calls, by id.</summary>
    public required IReadOnlyDictionary<string, Playbook> Playbooks { get; init; }

    /// <summary><c>sha256:…</c> over the texts of all of them, by id.</summary>
    public required string Hash { get; init; }

    /// <summary>The texts of all of them by id, as JSON: what is stored, and compiled again when a run is recovered.</summary>
    public required string Bundle { get; init; }
}
