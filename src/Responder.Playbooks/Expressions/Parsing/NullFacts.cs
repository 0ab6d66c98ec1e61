using Acornima;
using Ast = Acornima.Ast;

namespace Responder.Playbooks.Expressions;

/// <summary>Which paths are known not to be null, because a test in front says so. Cheap and on the safe side: what it does not understand it does not know.</summary>
internal sealed class NullFacts
{
    public static readonly NullFacts None = new([]);
    private readonly HashSet<string> _paths;

    private NullFacts(HashSet<string> paths) => _paths = paths;

    public bool Knows(IReadOnlyList<string> names, int count) => _paths.Count > 0 && _paths.Contains(Key(names, count));

    public NullFacts And(NullFacts other) => other._paths.Count == 0 ? this : _paths.Count == 0 ? other : new([.. _paths, .. other._paths]);

    /// <summary>What holds where the test is true.</summary>
    public static NullFacts WhereTrue(Ast.Node test) => test switch
    {
        Ast.LogicalExpression { Operator: Operator.LogicalAnd } both => WhereTrue(both.Left).And(WhereTrue(both.Right)),
        Ast.UnaryExpression { Operator: Operator.LogicalNot } not => WhereFalse(not.Argument),
        Ast.ParenthesizedExpression inner => WhereTrue(inner.Expression),
        Ast.BinaryExpression { Operator: Operator.Inequality or Operator.StrictInequality } compare when IsNull(compare.Right) => Of(compare.Left),
        Ast.BinaryExpression { Operator: Operator.Inequality or Operator.StrictInequality } compare when IsNull(compare.Left) => Of(compare.Right),
        Ast.BinaryExpression { Operator: Operator.Equality or Operator.StrictEquality } compare when IsConstant(compare.Right) => OfEqual(compare.Left, compare.Right),
        Ast.BinaryExpression { Operator: Operator.Equality or Operator.StrictEquality } compare when IsConstant(compare.Left) => OfEqual(compare.Right, compare.Left),
        Ast.MemberExpression or Ast.ChainExpression or Ast.Identifier => Of(test),
        _ => None,
    };

    /// <summary>What holds where the test is false.</summary>
    public static NullFacts WhereFalse(Ast.Node test) => test switch
    {
        Ast.LogicalExpression { Operator: Operator.LogicalOr } either => WhereFalse(either.Left).And(WhereFalse(either.Right)),
        Ast.UnaryExpression { Operator: Operator.LogicalNot } not => WhereTrue(not.Argument),
        Ast.ParenthesizedExpression inner => WhereFalse(inner.Expression),
        Ast.BinaryExpression { Operator: Operator.Equality or Operator.StrictEquality } compare when IsNull(compare.Right) => Of(compare.Left),
        Ast.BinaryExpression { Operator: Operator.Equality or Operator.StrictEquality } compare when IsNull(compare.Left) => Of(compare.Right),
        Ast.BinaryExpression { Operator: Operator.Inequality or Operator.StrictInequality } compare when IsConstant(compare.Right) => OfEqual(compare.Left, compare.Right),
        _ => None,
    };

    // That a.b.c is not null says the same of a.b and a.
    private static NullFacts Of(Ast.Node node)
    {
        var path = MemberPath.Of(node is Ast.ChainExpression { Expression: Ast.CallExpression } or Ast.CallExpression ? Callee(node) : node);
        return path.Root is null ? None : new([.. Enumerable.Range(1, path.Names.Count).Select(count => Key(path.Names, count))]);
    }

    // run.steps.x.status == 'succeeded' says that steps.x is there as well.
    private static NullFacts OfEqual(Ast.Node node, Ast.Node constant) =>
        constant is Ast.StringLiteral { Value: "succeeded" } && MemberPath.Of(node).Names is ["run", "steps", var id, "status"] ? Of(node).And(new([Key(["steps", id], 2)])) : Of(node);

    // x?.includes('a') that is true says that x is not null.
    private static Ast.Node Callee(Ast.Node node) =>
        (node is Ast.ChainExpression chain ? chain.Expression : node) is Ast.CallExpression { Callee: Ast.MemberExpression method } ? method.Object : node;

    private static bool IsNull(Ast.Node node) => node is Ast.NullLiteral or Ast.Identifier { Name: "undefined" };

    private static bool IsConstant(Ast.Node node) => node is Ast.Literal and not Ast.NullLiteral;

    private static string Key(IReadOnlyList<string> names, int count) => string.Join('\n', names.Take(count));
}
