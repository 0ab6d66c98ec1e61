using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language;

namespace Responder.Playbooks.Suppressions;

/// <summary>Alerts that are to start nothing for a while. They are kept all the same, with the rule's name.</summary>
/// <param name="Id">Its name, once in its file.</param>
/// <param name="When">An expression over <c>alert</c>, as in a playbook's <c>on.alert.when</c>.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Expires">From when on it does nothing.</param>
/// <param name="Playbooks">Only these are not started; all where it is empty.</param>
/// <param name="File">The file it was read from.</param>
/// <param name="At">Where in it.</param>
public sealed record SuppressionRule(
    string Id, Expression When, string Owner, string Reason, DateTimeOffset Expires, IReadOnlyList<string> Playbooks, string File, SourcePosition At);
