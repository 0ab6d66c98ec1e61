using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language.Reading;

namespace Responder.Playbooks.Rules;

/// <summary>An expression changes nothing and is the same each time.</summary>
internal sealed class ExpressionsArePure : Rule
{
    public override string Id => "RSP051";

    public override string Title => "An expression is pure: no assignment, `new`, `this`, function with statements, clock or chance.";

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var problem in draft.Expressions.Sites.SelectMany(site => site.Problems).Where(problem => problem.Code is ExpressionCodes.Impure or ExpressionCodes.Forbidden))
        {
            findings.Add(problem.At, problem.Message, problem.Hint);
        }
    }
}
