using Acornima;
using Responder.Playbooks.Expressions;
using Responder.Playbooks.Rules.Scoping;

namespace Responder.Playbooks.Rules;

/// <summary>Where an expression compares a name with a constant text.</summary>
internal static class Comparisons
{
    public static IReadOnlyList<(IReadOnlyList<string> Path, string Text)> Of(Expression expression)
    {
        var found = new List<(IReadOnlyList<string>, string)>();
        if (Conditions.Syntax(expression) is { } root)
        {
            Look(root, found);
        }

        return found;
    }

    /// <summary>The path where the whole expression is one: <c>steps.judge?.choice</c>, with or without <c>??</c> behind it; else null.</summary>
    public static IReadOnlyList<string>? PathOf(Expression expression) => Conditions.Syntax(expression) is { } root ? PathOf(root) : null;

    private static void Look(Acornima.Ast.Node node, List<(IReadOnlyList<string> Path, string Text)> found)
    {
        if (node is Acornima.Ast.BinaryExpression { Operator: Operator.Equality or Operator.StrictEquality or Operator.Inequality or Operator.StrictInequality } compare)
        {
            var (name, constant) = compare.Right is Acornima.Ast.StringLiteral ? (compare.Left, compare.Right) : (compare.Right, compare.Left);
            if (constant is Acornima.Ast.StringLiteral { Value: var text } && PathOf(name) is { } path)
            {
                found.Add((path, text));
            }
        }

        foreach (var child in node.ChildNodes)
        {
            Look(child, found);
        }
    }

    private static IReadOnlyList<string>? PathOf(Acornima.Ast.Node node) => MemberPath.Of(node) is { Root: not null, EndsHere: true, Others.Count: 0 } path ? path.Names : null;
}
