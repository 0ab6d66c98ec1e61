using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Rules.Scoping;

namespace Responder.Playbooks.Rules;

/// <summary>A variable that is read or set is declared.</summary>
internal sealed class VariablesAreDeclared : Rule
{
    public override string Id => "RSP036";

    public override string Title => "`vars.x` and the names of `set` are declared under `vars`.";

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var issue in draft.Scopes.Issues.Where(issue => issue.Kind == ScopeIssueKind.UnknownVariable))
        {
            findings.Add(issue.At, issue.Message, issue.Hint);
        }

        foreach (var use in draft.Scopes.Variables.Where(use => use.Sets && !draft.Playbook!.Vars.ContainsKey(use.Name)))
        {
            findings.Add(use.At, $"there is no variable `{use.Name}`", Nearest.Hint(use.Name, draft.Playbook!.Vars.Keys) ?? "declare it under `vars`, with its start value");
        }
    }
}
