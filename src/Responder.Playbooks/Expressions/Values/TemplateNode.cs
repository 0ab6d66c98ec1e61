using System.Text.Json;
using Responder.Playbooks.Language;
using Responder.Sdk;

namespace Responder.Playbooks.Expressions;

/// <summary>The value of a field in another language: it resolves to the JSON of a <see cref="Template"/>, the author's text and the values apart.</summary>
/// <remarks>
/// A list of text is one value, joined by <c>, </c>, where the language is for people (Markdown, HTML). In a query or a path that would silently match nothing, so there it is an error.
/// One whole expression that is null gives null: the field is left out.
/// </remarks>
/// <param name="Parts">Text and expressions in order.</param>
/// <param name="Language">The language's name.</param>
/// <param name="At">Where it is written.</param>
public sealed record TemplateNode(IReadOnlyList<TemplateHole> Parts, string Language, SourcePosition At) : ValueNode(At)
{
    /// <inheritdoc/>
    public override JsonElement Resolve(IScope scope)
    {
        var parts = new List<TemplatePart>(Parts.Count);
        foreach (var part in Parts)
        {
            if (part.Expression is not { } expression)
            {
                parts.Add(new TemplatePart(part.Literal, null, false));
                continue;
            }

            var value = expression.Evaluate(scope);
            if (Language == "Markdown" && expression.Source.Trim() == "report.markdown" && value.ValueKind == JsonValueKind.String)
            {
                // The program's own Markdown, which has quoted what came from the alert: to quote it again would show its marks.
                parts.Add(new TemplatePart(value.GetString(), null, false));
                continue;
            }

            if (value.ValueKind == JsonValueKind.Null && Parts.Count == 1)
            {
                return value;
            }

            parts.Add(new TemplatePart(null, TextOf(value, expression), part.IsPrefix));
        }

        return JsonSerializer.SerializeToElement(new Template(parts), Json.Options);
    }

    /// <inheritdoc/>
    public override IEnumerable<Expression> Expressions() => Parts.Select(part => part.Expression).OfType<Expression>();

    private string TextOf(JsonElement value, Expression expression) =>
        value.ValueKind == JsonValueKind.Array && Language is not ("Markdown" or "HTML")
            ? throw new ExpressionFailure($"a list is no one value in {Language}: pick one, or say .join(', ') where it is one text", expression.Source, expression.At)
            : ValueText.Of(value, expression);
}

/// <summary>One part of a <see cref="TemplateNode"/>: either the author's text or an expression.</summary>
/// <param name="Literal">The author's text, or null.</param>
/// <param name="Expression">An expression, or null.</param>
/// <param name="IsPrefix">Written as <c>prefix(…)</c>: begins with.</param>
public sealed record TemplateHole(string? Literal, Expression? Expression, bool IsPrefix);
