using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language.Reading;

namespace Responder.Playbooks.Rules;

/// <summary>An expression is one.</summary>
internal sealed class ExpressionsParse : Rule
{
    public override string Id => "RSP050";

    public override string Title => "An expression is a JavaScript expression, and each `${{` has its `}}`.";

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var site in draft.Expressions.Sites.Where(site => !BareFieldsAreBare.Says(site) && !BackslashesAreDoubled.Says(site)))
        {
            foreach (var problem in site.Problems.Where(problem => problem.Code is ExpressionCodes.Syntax or ExpressionCodes.Braces or ExpressionCodes.TooLarge))
            {
                findings.Add(problem.At, problem.Message, problem.Hint);
            }
        }
    }
}
