using System.Text.Json;
using Responder.Playbooks.Language;

namespace Responder.Playbooks.Expressions;

/// <summary>A constant.</summary>
/// <param name="Value">The value.</param>
/// <param name="At">Where it is written.</param>
public sealed record ConstantNode(JsonElement Value, SourcePosition At) : ValueNode(At)
{
    /// <inheritdoc/>
    public override JsonElement Resolve(IScope scope) => Value;

    /// <inheritdoc/>
    public override IEnumerable<Expression> Expressions() => [];
}
