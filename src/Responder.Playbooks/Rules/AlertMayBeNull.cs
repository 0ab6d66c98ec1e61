using Responder.Playbooks.Language;
using Responder.Playbooks.Rules.Scoping;

namespace Responder.Playbooks.Rules;

/// <summary>A run without an alert reads none.</summary>
internal sealed class AlertMayBeNull() : ScopeRule(ScopeIssueKind.AlertMayBeNull)
{
    public override string Id => "RSP041";

    public override string Title => "Where a schedule or only a person starts the playbook, `alert` is read with `?.`: it is null there.";

    public override ProblemLevel Level => ProblemLevel.Warning;
}
