using Responder.Playbooks.Language;

namespace Responder.Playbooks.Expressions;

/// <summary>What came of parsing one expression.</summary>
/// <param name="Expression">The expression; null where <paramref name="Problems"/> is not empty.</param>
/// <param name="Problems">Everything that is wrong with it; empty where it can be used.</param>
/// <param name="References">The names it reads from its scope, in the order written; as far as could be seen where there are problems.</param>
public sealed record ParsedExpression(Expression? Expression, IReadOnlyList<ExpressionProblem> Problems, IReadOnlyList<Reference> References);

/// <summary>Something wrong with an expression, found when it is parsed.</summary>
/// <param name="Code">Which kind: one of <see cref="ExpressionCodes"/>.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Hint">What to do; null where the message says it all.</param>
/// <param name="Offset">Where in the expression's text, from 0; for a value, where in the scalar's text.</param>
/// <param name="At">Where in the file.</param>
public sealed record ExpressionProblem(string Code, string Message, string? Hint, int Offset, SourcePosition At);

/// <summary>The kinds of <see cref="ExpressionProblem"/>.</summary>
public static class ExpressionCodes
{
    /// <summary>It is not an expression of JavaScript.</summary>
    public const string Syntax = "syntax";

    /// <summary>It is JavaScript, but not pure: an assignment, <c>new</c>, a function with statements.</summary>
    public const string Impure = "impure";

    /// <summary>It names something that no expression may reach: <c>constructor</c>, <c>Date</c>, <c>Math.random</c>.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>It calls a function that is neither a helper nor built in.</summary>
    public const string UnknownFunction = "unknown_function";

    /// <summary>It calls a helper with too few or too many values, or with a constant that the helper cannot take.</summary>
    public const string Arguments = "arguments";

    /// <summary><c>prefix(…)</c> where it means nothing.</summary>
    public const string Prefix = "prefix";

    /// <summary>It is too long, or nested too deep.</summary>
    public const string TooLarge = "too_large";

    /// <summary>A <c>${{</c> without its <c>}}</c>, or nothing between them.</summary>
    public const string Braces = "braces";
}
