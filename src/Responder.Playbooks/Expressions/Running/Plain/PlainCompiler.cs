using System.Globalization;
using Acornima;
using Ast = Acornima.Ast;

namespace Responder.Playbooks.Expressions;

/// <summary>From a syntax tree to one that is worked out by hand; null where the expression holds something that only the script engine knows.</summary>
internal static class PlainCompiler
{
    public static PlainNode? Compile(Ast.Node node) => node switch
    {
        Ast.StringLiteral text => new ConstantPlain(PlainValue.Of(text.Value)),
        Ast.NumericLiteral number => new ConstantPlain(PlainValue.Of(number.Value)),
        Ast.BooleanLiteral boolean => new ConstantPlain(PlainValue.Of(boolean.Value)),
        Ast.NullLiteral => new ConstantPlain(PlainValue.Null),
        Ast.Identifier { Name: "undefined" } => new ConstantPlain(PlainValue.Undefined),
        Ast.Identifier or Ast.MemberExpression => Path(node),
        Ast.ChainExpression chain => chain.Expression is Ast.CallExpression call ? Call(call) : Path(chain.Expression),
        Ast.CallExpression call => Call(call),
        Ast.ParenthesizedExpression inner => Compile(inner.Expression),
        Ast.TemplateLiteral template => Template(template),
        Ast.UnaryExpression { Operator: Operator.LogicalNot } not => Compile(not.Argument) is { } inner ? new NotPlain(inner) : null,
        Ast.UnaryExpression { Operator: Operator.UnaryNegation, Argument: Ast.NumericLiteral number } => new ConstantPlain(PlainValue.Of(-number.Value)),
        Ast.BinaryExpression binary => Binary(binary),
        Ast.ConditionalExpression choice => Compile(choice.Test) is { } test && Compile(choice.Consequent) is { } yes && Compile(choice.Alternate) is { } no
            ? new ChoicePlain(test, yes, no)
            : null,
        _ => null,
    };

    private static PlainNode? Binary(Ast.BinaryExpression binary)
    {
        if (Compile(binary.Left) is not { } left || Compile(binary.Right) is not { } right)
        {
            return null;
        }

        return binary.Operator switch
        {
            Operator.LogicalAnd => new AndPlain(left, right),
            Operator.LogicalOr => new OrPlain(left, right),
            Operator.NullishCoalescing => new ElsePlain(left, right),
            Operator.Equality or Operator.Inequality => new ComparePlain(binary.Operator, left, right, isLoose: true),
            Operator.StrictEquality or Operator.StrictInequality => new ComparePlain(binary.Operator, left, right, NullComparison.Is(binary)),
            Operator.LessThan or Operator.LessThanOrEqual or Operator.GreaterThan or Operator.GreaterThanOrEqual => new ComparePlain(binary.Operator, left, right, isLoose: false),
            Operator.Addition => new JoinPlain([left, right]),
            _ => null,
        };
    }

    private static JoinPlain? Template(Ast.TemplateLiteral template)
    {
        var parts = new List<PlainNode>();
        for (var i = 0; i < template.Quasis.Count; i++)
        {
            parts.Add(new ConstantPlain(PlainValue.Of(template.Quasis[i].Value.Cooked!)));
            if (i < template.Expressions.Count)
            {
                if (Compile(template.Expressions[i]) is not { } part)
                {
                    return null;
                }

                parts.Add(part);
            }
        }

        return new JoinPlain([.. parts]);
    }

    private static PlainNode? Call(Ast.CallExpression call)
    {
        var arguments = call.Arguments.Select(argument => argument is Ast.SpreadElement ? null : Compile(argument)).ToArray();
        if (call.Optional || arguments.Contains(null))
        {
            return null;
        }

        switch (call.Callee)
        {
            case Ast.Identifier { Name: var name } when HelperTable.All.TryGetValue(name, out var helper):
                return new HelperPlain(helper, arguments!);
            case Ast.MemberExpression { Computed: false, Property: Ast.Identifier { Name: var name }, Object: not (Ast.Literal or Ast.ChainExpression) } method when MethodPlain.Knows(name, arguments.Length):
                return Compile(method.Object) is { } target ? new MethodPlain(target, name, method.Optional, arguments.FirstOrDefault()) : null;
            default:
                return null;
        }
    }

    private static PathPlain? Path(Ast.Node node)
    {
        var links = new List<PathLink>();
        while (node is Ast.MemberExpression member)
        {
            if (Constants.Key(member) is not { } name)
            {
                return null;
            }

            links.Add(new PathLink(name, int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index.ToString(CultureInfo.InvariantCulture) == name ? index : -1, member.Optional));
            node = member.Object;
        }

        links.Reverse();
        return node is Ast.Identifier { Name: var root } && !ExpressionNames.IsReserved(root) ? new PathPlain(root, [.. links]) : null;
    }
}
