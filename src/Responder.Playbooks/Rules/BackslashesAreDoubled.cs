using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Rules.Scoping;

namespace Responder.Playbooks.Rules;

/// <summary>A backslash in an expression's text is one that stays.</summary>
internal sealed class BackslashesAreDoubled : Rule
{
    public override string Id => "RSP054";

    public override string Title => "A backslash in an expression's text is written twice: JavaScript would eat it.";

    /// <summary>True where an expression does not parse because of a backslash.</summary>
    public static bool Says(ExpressionSite site) => site.Problems.Any(problem => problem.Code == ExpressionCodes.Syntax)
        && site.Node.Value.Contains('\\', StringComparison.Ordinal) && site.Problems.Any(problem => problem.Message.Contains("escape", StringComparison.OrdinalIgnoreCase));

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var site in draft.Expressions.Sites.Where(site => site.Node.Value.Contains('\\', StringComparison.Ordinal)))
        {
            if (Says(site))
            {
                findings.Add(site.Problems[0].At, "JavaScript reads the backslash here as an escape, and it is none", "write each backslash twice: 'C:\\\\temp'");
            }

            foreach (var expression in site.Expressions)
            {
                foreach (var literal in Texts(Conditions.Syntax(expression)).Where(literal => Eats(literal.Raw)))
                {
                    findings.Add(expression.At with { Column = expression.At.Column + literal.Start }, $"JavaScript eats the backslash in {literal.Raw}", "write it twice: " + literal.Raw.Replace("\\\\", "\\", StringComparison.Ordinal).Replace("\\", "\\\\", StringComparison.Ordinal));
                }
            }
        }
    }

    private static IEnumerable<Acornima.Ast.StringLiteral> Texts(Acornima.Ast.Node? node) => node switch
    {
        null => [],
        Acornima.Ast.StringLiteral text => [text],
        _ => node.ChildNodes.ToArray().SelectMany(Texts),
    };

    // \n, \t, \r, \uXXXX and \xXX are meant, unless the text looks like a path of Windows.
    private static bool Eats(string raw)
    {
        var path = raw.Length > 3 && char.IsAsciiLetter(raw[1]) && raw[2] == ':' && raw[3] == '\\';
        for (var index = 1; index < raw.Length - 2; index++)
        {
            if (raw[index] != '\\')
            {
                continue;
            }

            var next = raw[++index];
            if (!(next is '\\' or '\'' or '"' or '`' or '\n' or '/') && (path || next is not ('n' or 't' or 'r' or 'u' or 'x')))
            {
                return true;
            }
        }

        return false;
    }
}
