using Acornima;
using Ast = Acornima.Ast;

namespace Responder.Playbooks.Expressions;

/// <summary>Why a kind of syntax is refused; null where it is allowed.</summary>
internal static class Refusal
{
    private const string Pure = "an expression only works out a value";

    public static (string Message, string? Hint)? Of(Ast.Node node) => node switch
    {
        Ast.BigIntLiteral => ("a BigInt has no place in JSON", "write the number without `n`"),
        Ast.Literal or Ast.TemplateLiteral or Ast.Identifier => null,
        Ast.ArrowFunctionExpression arrow => OfArrow(arrow),
        Ast.UpdateExpression => ("`++` and `--` change a value; " + Pure, "use + 1, or a `set` step"),
        Ast.UnaryExpression { Operator: Operator.Delete } => ("`delete` changes a value; " + Pure, null),
        Ast.UnaryExpression => null,
        Ast.BinaryExpression { Operator: Operator.InstanceOf } => ("`instanceof` is not available in an expression", "use typeof, or Array.isArray"),
        Ast.BinaryExpression { Left: Ast.PrivateIdentifier } => ("private names are not available in an expression", null),
        Ast.BinaryExpression or Ast.ConditionalExpression or Ast.MemberExpression or Ast.ChainExpression or Ast.ParenthesizedExpression => null,
        Ast.CallExpression or Ast.ArrayExpression or Ast.ObjectExpression or Ast.SpreadElement => null,
        Ast.ArrayPattern or Ast.ObjectPattern or Ast.AssignmentPattern or Ast.RestElement => null,
        Ast.ObjectProperty { Method: true } => ("a method is a function with statements; " + Pure, "write an arrow function: `name: x => …`"),
        Ast.Property { Kind: Ast.PropertyKind.Get or Ast.PropertyKind.Set } => ("a getter or setter is a function with statements; " + Pure, null),
        Ast.Property => null,
        Ast.AssignmentExpression => ("an assignment changes a value; " + Pure, "`=` compares as `==`; to keep a value use a `set` step"),
        Ast.NewExpression => ("`new` is not available in an expression", "times are text: now(), add(time, duration), between(a, b)"),
        Ast.ThisExpression or Ast.Super or Ast.MetaProperty => ("`this`, `super` and meta properties are not available in an expression", null),
        Ast.FunctionExpression => ("`function` is not available in an expression", "write an arrow function: x => x.name"),
        Ast.ClassExpression => ("`class` is not available in an expression", null),
        Ast.SequenceExpression => ("the comma operator is not available in an expression", null),
        Ast.TaggedTemplateExpression => ("a tagged template calls a function in disguise", "call it with ( )"),
        Ast.YieldExpression or Ast.AwaitExpression or Ast.ImportExpression => ("`yield`, `await` and `import` are not available in an expression", null),
        _ => ($"this syntax ({node.TypeText}) is not available in an expression", null),
    };

    private static (string Message, string? Hint)? OfArrow(Ast.ArrowFunctionExpression arrow) => arrow switch
    {
        { Async: true } => ("`async` is not available in an expression", null),
        { Body: Ast.BlockStatement } => ("an arrow function with `{ }` holds statements; " + Pure, "write x => value; for an object, x => ({ name: x })"),
        _ => null,
    };
}
