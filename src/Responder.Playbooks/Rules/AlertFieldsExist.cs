using Responder.Playbooks.Rules.Scoping;

namespace Responder.Playbooks.Rules;

/// <summary>A field of the alert exists in the normal form.</summary>
internal sealed class AlertFieldsExist() : ScopeRule(ScopeIssueKind.UnknownAlertField)
{
    public override string Id => "RSP037";

    public override string Title => "A field of `alert` exists; below `alert.raw` all may.";
}
