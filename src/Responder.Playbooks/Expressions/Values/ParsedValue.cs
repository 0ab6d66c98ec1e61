namespace Responder.Playbooks.Expressions;

/// <summary>What came of parsing one value.</summary>
/// <param name="Node">The value; null where <paramref name="Problems"/> is not empty.</param>
/// <param name="Problems">Everything that is wrong with it.</param>
/// <param name="References">The names that its expressions read, in the order written.</param>
public sealed record ParsedValue(ValueNode? Node, IReadOnlyList<ExpressionProblem> Problems, IReadOnlyList<Reference> References);

/// <summary>How a scalar is written in YAML.</summary>
public enum ScalarStyle
{
    /// <summary>Without quotes: <c>5</c> is a number, <c>true</c> a boolean, <c>null</c> and <c>~</c> are null.</summary>
    Plain,

    /// <summary>In quotes, or as a block: always text, unless it is one whole <c>${{ }}</c>.</summary>
    Quoted,
}
