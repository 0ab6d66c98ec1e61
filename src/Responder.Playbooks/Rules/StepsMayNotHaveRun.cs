using Responder.Playbooks.Rules.Scoping;

namespace Responder.Playbooks.Rules;

/// <summary>A result that may not be there is read with care.</summary>
internal sealed class StepsMayNotHaveRun() : ScopeRule(ScopeIssueKind.MayNotHaveRun)
{
    public override string Id => "RSP033";

    public override string Title => "A step that may not have run, or may have failed, is read with `?.`, or behind a test.";
}
