using Ast = Acornima.Ast;

namespace Responder.Playbooks.Expressions;

/// <summary>All nodes of a syntax tree.</summary>
internal static class Tree
{
    /// <summary>It and every node inside it, outer before inner.</summary>
    public static IEnumerable<Ast.Node> All(Ast.Node root)
    {
        var waiting = new Stack<Ast.Node>([root]);
        while (waiting.TryPop(out var node))
        {
            yield return node;
            foreach (var child in node.ChildNodes)
            {
                if (child is not null)
                {
                    waiting.Push(child);
                }
            }
        }
    }
}
