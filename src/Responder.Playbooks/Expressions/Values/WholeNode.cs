using System.Text.Json;
using Responder.Playbooks.Language;

namespace Responder.Playbooks.Expressions;

/// <summary>A value that is one whole <c>${{ }}</c>, or a bare expression: it keeps its type.</summary>
/// <param name="Expression">The expression.</param>
/// <param name="At">Where it is written.</param>
public sealed record WholeNode(Expression Expression, SourcePosition At) : ValueNode(At)
{
    /// <inheritdoc/>
    public override JsonElement Resolve(IScope scope) => Expression.Evaluate(scope);

    /// <inheritdoc/>
    public override IEnumerable<Expression> Expressions() => [Expression];
}
