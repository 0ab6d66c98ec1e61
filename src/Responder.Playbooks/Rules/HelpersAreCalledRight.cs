using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language.Reading;

namespace Responder.Playbooks.Rules;

/// <summary>A helper exists and gets what it takes.</summary>
internal sealed class HelpersAreCalledRight : Rule
{
    public override string Id => "RSP052";

    public override string Title => "A helper that is called exists and gets what it takes; `prefix` stands alone in a field of another language.";

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var problem in draft.Expressions.Sites.SelectMany(site => site.Problems)
            .Where(problem => problem.Code is ExpressionCodes.UnknownFunction or ExpressionCodes.Arguments or ExpressionCodes.Prefix))
        {
            findings.Add(problem.At, problem.Message, problem.Hint);
        }
    }
}
