using Ast = Acornima.Ast;

namespace Responder.Playbooks.Expressions;

/// <summary>A chain of members as it is written, from its root name as far as it is constant.</summary>
/// <param name="Root">The name it begins with; null where it begins with something else.</param>
/// <param name="Names">The names, the root's first.</param>
/// <param name="Optional">Whether each is reached by <c>?.</c>.</param>
/// <param name="EndsHere">Whether the whole chain is constant.</param>
/// <param name="Others">Expressions inside it that are read as well: what it begins with, indexers that are not constant.</param>
internal sealed record MemberPath(Ast.Identifier? Root, IReadOnlyList<string> Names, IReadOnlyList<bool> Optional, bool EndsHere, IReadOnlyList<Ast.Node> Others)
{
    public static MemberPath Of(Ast.Node node)
    {
        var names = new List<string>();
        var optional = new List<bool>();
        var others = new List<Ast.Node>();
        var whole = true;
        while (true)
        {
            switch (node)
            {
                case Ast.ChainExpression chain:
                    node = chain.Expression;
                    continue;
                case Ast.ParenthesizedExpression inner:
                    node = inner.Expression;
                    continue;
                case Ast.MemberExpression member:
                    if (Constants.Key(member) is { } name)
                    {
                        names.Add(name);
                        optional.Add(member.Optional);
                    }
                    else
                    {
                        others.Add(member.Property);
                        names.Clear();
                        optional.Clear();
                        whole = false;
                    }

                    node = member.Object;
                    continue;
                case Ast.Identifier root:
                    names.Add(root.Name);
                    optional.Add(false);
                    names.Reverse();
                    optional.Reverse();
                    others.Reverse();
                    return new MemberPath(root, names, optional, whole, others);
                default:
                    others.Add(node);
                    others.Reverse();
                    return new MemberPath(null, [], [], false, others);
            }
        }
    }
}
