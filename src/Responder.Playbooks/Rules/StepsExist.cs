using Responder.Playbooks.Rules.Scoping;

namespace Responder.Playbooks.Rules;

/// <summary>A step that is read is there.</summary>
internal sealed class StepsExist() : ScopeRule(ScopeIssueKind.UnknownStep)
{
    public override string Id => "RSP031";

    public override string Title => "`steps.x` and `run.steps.x` name a step that is there, by an id that is written there.";
}
