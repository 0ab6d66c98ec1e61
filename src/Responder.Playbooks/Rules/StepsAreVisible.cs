using Responder.Playbooks.Rules.Scoping;

namespace Responder.Playbooks.Rules;

/// <summary>A step is read where it can be.</summary>
internal sealed class StepsAreVisible() : ScopeRule(ScopeIssueKind.NotVisible)
{
    public override string Id => "RSP032";

    public override string Title => "`steps.x` is read after it, in its list or inside: not before, not from another branch, not from outside its loop.";
}
