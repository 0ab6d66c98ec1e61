using System.Text;
using System.Text.Json;
using Responder.Playbooks.Language;

namespace Responder.Playbooks.Expressions;

/// <summary>Text with expressions in it.</summary>
/// <param name="Parts">Text and expressions in order.</param>
/// <param name="At">Where it is written.</param>
public sealed record TextNode(IReadOnlyList<TextPart> Parts, SourcePosition At) : ValueNode(At)
{
    /// <inheritdoc/>
    public override JsonElement Resolve(IScope scope)
    {
        var text = new StringBuilder();
        foreach (var part in Parts)
        {
            text.Append(part.Literal ?? ValueText.Of(part.Expression!.Evaluate(scope), part.Expression));
        }

        return YamlScalar.Text(text.ToString());
    }

    /// <inheritdoc/>
    public override IEnumerable<Expression> Expressions() => Parts.Select(part => part.Expression).OfType<Expression>();
}

/// <summary>One part of a <see cref="TextNode"/>: either the author's text or an expression.</summary>
/// <param name="Literal">The author's text, or null.</param>
/// <param name="Expression">An expression, or null.</param>
public sealed record TextPart(string? Literal, Expression? Expression);
