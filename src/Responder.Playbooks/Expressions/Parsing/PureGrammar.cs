using Ast = Acornima.Ast;

namespace Responder.Playbooks.Expressions;

/// <summary>Refuses whatever is not on the list of what an expression may hold. A list of what is allowed, so that new syntax of JavaScript is refused until somebody thought about it.</summary>
internal sealed class PureGrammar
{
    private const int MaxDepth = 120;
    private readonly ProblemList _problems;
    private int _depth;

    private PureGrammar(ProblemList problems) => _problems = problems;

    public static void Check(Ast.Expression root, ProblemList problems) => new PureGrammar(problems).Visit(root);

    private void Visit(Ast.Node? node)
    {
        if (node is null)
        {
            return;
        }

        if (++_depth > MaxDepth)
        {
            if (_depth == MaxDepth + 1)
            {
                _problems.Add(ExpressionCodes.TooLarge, $"the expression is nested more than {MaxDepth} deep", "split it: `set` a var first", node.Start);
            }
        }
        else if (Refusal.Of(node) is var (message, hint))
        {
            _problems.Add(ExpressionCodes.Impure, message, hint, node.Start);
        }
        else
        {
            Inside(node);
        }

        _depth--;
    }

    private void Inside(Ast.Node node)
    {
        switch (node)
        {
            case Ast.MemberExpression member:
                CheckMember(member);
                Visit(member.Object);
                Visit(member.Computed ? member.Property : null);
                break;
            case Ast.CallExpression call:
                CallRules.Check(call, _problems);
                CheckMethod(call.Callee);
                Visit(call.Callee);
                All(call.Arguments);
                break;
            case Ast.Property property:
                CheckName(property.Computed ? null : NameOf(property.Key), property.Key.Start);
                Visit(property.Computed ? property.Key : null);
                Visit(property.Value);
                break;
            case Ast.TemplateLiteral template:
                All(template.Expressions);
                break;
            case Ast.Identifier name:
                if (name.Name is "arguments" or "eval" || name.Name.Contains('$', StringComparison.Ordinal))
                {
                    _problems.Add(ExpressionCodes.Forbidden, $"`{name.Name}` is not available in an expression", null, name.Start);
                }

                break;
            default:
                foreach (var child in node.ChildNodes)
                {
                    Visit(child);
                }

                break;
        }
    }

    private void All(in Ast.NodeList<Ast.Expression> nodes)
    {
        foreach (var node in nodes)
        {
            Visit(node);
        }
    }

    private void CheckMember(Ast.MemberExpression member)
    {
        var name = Constants.Key(member);
        CheckName(name, member.Property.Start);
        if (name is not null && member.Object is Ast.Identifier owner && BuiltInMembers.Refuse(owner.Name, name) is { } message)
        {
            _problems.Add(ExpressionCodes.Forbidden, message, BuiltInMembers.Hint(owner.Name, name), member.Property.Start);
        }
    }

    private void CheckMethod(Ast.Expression callee)
    {
        if (callee is Ast.MemberExpression member && Constants.Key(member) is { } name && ForbiddenNames.Method(name) is var (code, message, hint))
        {
            _problems.Add(code, message, hint, member.Property.Start);
        }
    }

    private void CheckName(string? name, int offset)
    {
        if (name is not null && ForbiddenNames.Has(name))
        {
            _problems.Add(ExpressionCodes.Forbidden, $"`{name}` may not be read or written in an expression", null, offset);
        }
    }

    private static string? NameOf(Ast.Expression key) => key is Ast.Identifier name ? name.Name : Constants.Text(key);
}
