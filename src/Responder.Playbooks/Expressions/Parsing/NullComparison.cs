using Acornima;
using Ast = Acornima.Ast;

namespace Responder.Playbooks.Expressions;

/// <summary>
/// <c>x === null</c> and <c>x === undefined</c>. JSON knows one way of not being there, so both ask what <c>x == null</c> asks: a field that an alert lacks and one that is null are
/// the same to an author, and a strict comparison that is silently false would be a playbook that does nothing.
/// </summary>
internal static class NullComparison
{
    public static bool Is(Ast.BinaryExpression node) =>
        node.Operator is Operator.StrictEquality or Operator.StrictInequality && (IsNull(node.Left) || IsNull(node.Right));

    private static bool IsNull(Ast.Node node) => node is Ast.NullLiteral or Ast.Identifier { Name: "undefined" };

    /// <summary>The text with the third sign of such comparisons blanked, every place as it was.</summary>
    public static string Loosen(string source, Ast.Node root)
    {
        char[]? text = null;
        foreach (var compare in Tree.All(root).OfType<Ast.BinaryExpression>().Where(Is))
        {
            text ??= source.ToCharArray();
            text[SignAt(source, compare) + 2] = ' ';
        }

        return text is null ? source : new string(text);
    }

    // Between the two sides stand blanks, brackets, comments and the sign; a sign in a comment is not it.
    private static int SignAt(string source, Ast.BinaryExpression compare)
    {
        for (var i = compare.Left.End; i < compare.Right.Start; i++)
        {
            if (source.AsSpan(i).StartsWith("/*", StringComparison.Ordinal))
            {
                i = source.IndexOf("*/", i + 2, StringComparison.Ordinal) + 1;
            }
            else if (source.AsSpan(i).StartsWith("//", StringComparison.Ordinal))
            {
                i = source.AsSpan(i).IndexOfAny('\n', '\r') + i;
            }
            else if (source[i] is '=' or '!')
            {
                return i;
            }
        }

        throw new InvalidOperationException("a comparison without its sign");
    }
}
