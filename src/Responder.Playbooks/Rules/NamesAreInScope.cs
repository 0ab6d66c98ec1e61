using Responder.Playbooks.Rules.Scoping;

namespace Responder.Playbooks.Rules;

/// <summary>A name is in scope where it is read.</summary>
internal sealed class NamesAreInScope() : ScopeRule(ScopeIssueKind.UnknownName)
{
    public override string Id => "RSP034";

    public override string Title => "A name is in scope where it is read: `error` in a catch, a loop's item in the loop.";
}
