using Acornima;
using Responder.Playbooks.Expressions;

namespace Responder.Playbooks.Rules.Scoping;

/// <summary>What a condition says of steps: that they have a result where it is true, or where it is false.</summary>
internal static class Conditions
{
    /// <summary>Steps that have a result where the condition is true.</summary>
    public static IEnumerable<string> WhereTrue(Expression? condition, IEnumerable<string> ids) => Known(condition, NullFacts.WhereTrue, ids);

    /// <summary>Steps that have a result where the condition is false.</summary>
    public static IEnumerable<string> WhereFalse(Expression? condition, IEnumerable<string> ids) => Known(condition, NullFacts.WhereFalse, ids);

    /// <summary>The syntax of an expression that was read before; null where it could not be.</summary>
    public static Acornima.Ast.Expression? Syntax(Expression expression)
    {
        try
        {
            return new Parser().ParseExpression(expression.Source, strict: true);
        }
        catch (Exception error) when (error is ParseErrorException or InsufficientExecutionStackException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Known(Expression? condition, Func<Acornima.Ast.Node, NullFacts> facts, IEnumerable<string> ids)
    {
        if (condition is null || !condition.Source.Contains("steps", StringComparison.Ordinal) || Syntax(condition) is not { } syntax)
        {
            return [];
        }

        var known = facts(syntax);
        return ids.Where(id => known.Knows(["steps", id], 2));
    }
}
