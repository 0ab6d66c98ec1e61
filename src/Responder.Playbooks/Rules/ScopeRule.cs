using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Rules.Scoping;

namespace Responder.Playbooks.Rules;

/// <summary>A rule over one kind of thing that following the steps finds.</summary>
internal abstract class ScopeRule(ScopeIssueKind kind) : Rule
{
    /// <inheritdoc/>
    public sealed override void Check(Draft draft, Findings findings)
    {
        // A name that is read twice in one expression is said once.
        foreach (var issue in draft.Scopes.Issues.Where(issue => issue.Kind == kind).DistinctBy(issue => (issue.At, issue.Message)))
        {
            findings.Add(issue.At, issue.Message, issue.Hint);
        }
    }
}
