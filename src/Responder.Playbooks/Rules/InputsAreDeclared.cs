using Responder.Playbooks.Rules.Scoping;

namespace Responder.Playbooks.Rules;

/// <summary>An input that is read is declared.</summary>
internal sealed class InputsAreDeclared() : ScopeRule(ScopeIssueKind.UnknownInput)
{
    public override string Id => "RSP035";

    public override string Title => "`inputs.x` is declared under `inputs`.";
}
