using Responder.Playbooks.Rules.Scoping;

namespace Responder.Playbooks.Rules;

/// <summary>A field of a step's result is one that it has.</summary>
internal sealed class OutputsExist() : ScopeRule(ScopeIssueKind.UnknownOutput)
{
    public override string Id => "RSP039";

    public override string Title => "A field of `steps.x` is one that its action, approval or loop returns.";
}
