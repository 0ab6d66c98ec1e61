using Acornima;
using Acornima.Ast;
using Responder.Engine.Alerts;

namespace Responder.Engine.Matching;

/// <summary>
/// Reads from a <c>when</c> what it surely needs: the leading terms of its <c>&amp;&amp;</c> that are of a known form. A later term is not used once one of an
/// unknown form came before it, because that one may fail, and a failure is not a "false".
/// </summary>
internal static class GuardReader
{
    public static Guard Read(string source)
    {
        Expression root;
        try
        {
            root = new Parser().ParseExpression(source);
        }
        catch (ParseErrorException)
        {
            return Guard.None;
        }

        HashSet<string>? techniques = null;
        var tests = new List<Func<Alert, bool>>();
        foreach (var term in Terms(root))
        {
            if (Techniques(term) is { } found)
            {
                if (techniques is null)
                {
                    techniques = found;
                }
                else
                {
                    tests.Add(alert => alert.Attack.Any(found.Contains));
                }
            }
            else if (Test(term) is { } test)
            {
                tests.Add(test);
            }
            else
            {
                break;
            }
        }

        return new Guard(techniques, tests);
    }

    private static IEnumerable<Node> Terms(Node node) => Bare(node) is LogicalExpression { Operator: Operator.LogicalAnd } both
        ? Terms(both.Left).Concat(Terms(both.Right)) : [Bare(node)];

    // alert.attack.includes('T1074.001'), alone or joined by ||.
    private static HashSet<string>? Techniques(Node node) => Bare(node) switch
    {
        LogicalExpression { Operator: Operator.LogicalOr } either when Techniques(either.Left) is { } left && Techniques(either.Right) is { } right => [.. left, .. right],
        CallExpression { Optional: false, Callee: MemberExpression { Computed: false, Optional: false, Property: Identifier { Name: "includes" } } callee } call
            when Field(callee.Object) == "attack" && call.Arguments.Count == 1 && call.Arguments[0] is StringLiteral technique => [technique.Value],
        _ => null,
    };

    // alert.source == 'x' (and any other text), alert.severity_score >= 70, (alert.file.name ?? '').endsWith('x'), alert.title?.includes('x'), alone or joined by ||.
    private static Func<Alert, bool>? Test(Node node)
    {
        switch (Bare(node))
        {
            case LogicalExpression { Operator: Operator.LogicalOr } either when Test(either.Left) is { } left && Test(either.Right) is { } right:
                return alert => left(alert) || right(alert);
            case NonLogicalBinaryExpression { Operator: Operator.Equality or Operator.StrictEquality, Right: StringLiteral text } equal when AlertText.Of(Path(equal.Left)) is { } read:
                return alert => read(alert) == text.Value;
            case CallExpression { Optional: false, Callee: MemberExpression { Computed: false, Property: Identifier method } callee } call
                when call.Arguments.Count == 1 && call.Arguments[0] is StringLiteral { Value.Length: > 0 } part && AlertText.Of(Safe(callee)) is { } text:
                return Method(method.Name, text, part.Value);
            case NonLogicalBinaryExpression { Operator: Operator.GreaterThanOrEqual or Operator.GreaterThan, Right: NumericLiteral number } more when Field(more.Left) == "severity_score":
                // JavaScript compares null as 0.
                return more.Operator == Operator.GreaterThan ? alert => (alert.SeverityScore ?? 0) > number.Value : alert => (alert.SeverityScore ?? 0) >= number.Value;
            default:
                return null;
        }
    }

    private static Func<Alert, bool>? Method(string name, Func<Alert, string?> text, string part) => name switch
    {
        "startsWith" => alert => text(alert)?.StartsWith(part, StringComparison.Ordinal) ?? false,
        "endsWith" => alert => text(alert)?.EndsWith(part, StringComparison.Ordinal) ?? false,
        "includes" => alert => text(alert)?.Contains(part, StringComparison.Ordinal) ?? false,
        _ => null,
    };

    // What a method is called on where a null can't make it fail: `alert.title?.` or `(alert.title ?? '').`
    private static string? Safe(MemberExpression callee) => callee.Optional
        ? Path(callee.Object)
        : Bare(callee.Object) is LogicalExpression { Operator: Operator.NullishCoalescing, Right: StringLiteral { Value: "" } } either ? Path(either.Left) : null;

    private static string? Path(Node node) => Bare(node) switch
    {
        MemberExpression { Computed: false, Property: Identifier field, Object: Identifier { Name: "alert" } } => field.Name,
        MemberExpression { Computed: false, Property: Identifier field } inner when Path(inner.Object) is { } before => $"{before}.{field.Name}",
        _ => null,
    };

    private static string? Field(Node node) =>
        Bare(node) is MemberExpression { Computed: false, Property: Identifier field, Object: Identifier { Name: "alert" } } ? field.Name : null;

    private static Node Bare(Node node) => node switch
    {
        ParenthesizedExpression inner => Bare(inner.Expression),
        ChainExpression chain => Bare(chain.Expression),
        _ => node,
    };
}
