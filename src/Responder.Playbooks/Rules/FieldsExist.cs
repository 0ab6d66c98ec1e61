using Responder.Playbooks.Rules.Scoping;

namespace Responder.Playbooks.Rules;

/// <summary>A field of what the engine gives exists.</summary>
internal sealed class FieldsExist() : ScopeRule(ScopeIssueKind.UnknownField)
{
    public override string Id => "RSP038";

    public override string Title => "A field of `run`, `run.steps.x`, `report`, `failure`, `error` or `connectors` exists.";
}
