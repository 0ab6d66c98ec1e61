using Responder.Playbooks.Language;

namespace Responder.Playbooks.Expressions;

/// <summary>Turns the scalars of a playbook into values: constants, whole expressions, text with expressions in it, templates.</summary>
/// <remarks>YAML's lists and maps become <see cref="ListNode"/> and <see cref="MapNode"/> directly.</remarks>
public static class ValueParser
{
    /// <summary>Parses a scalar.</summary>
    /// <param name="text">The scalar as YAML reads it: unquoted, unescaped, unfolded.</param>
    /// <param name="style">How it is written.</param>
    /// <param name="at">Where its text begins in the file (after the quote).</param>
    /// <param name="language">
    /// The language of the field where it is another one (<see cref="Sdk.LanguageAttribute"/>: <c>SPL</c>, <c>Markdown</c>), else null. The value then resolves to the JSON of a
    /// <see cref="Sdk.Template"/>, or to null where it is one whole expression that is null.
    /// </param>
    /// <param name="locate">Where in the file a place of the text is, for text that YAML folded or unescaped; null counts lines and columns on from <paramref name="at"/>.</param>
    public static ParsedValue Scalar(string text, ScalarStyle style, SourcePosition at, string? language = null, Func<int, SourcePosition>? locate = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        locate ??= offset => TextPosition.Of(text, offset, at);
        if (!text.Contains(HoleScanner.Open, StringComparison.Ordinal))
        {
            return new ParsedValue(Constant(text, style, at, language), [], []);
        }

        var problems = new ProblemList(0, locate);
        var pieces = HoleScanner.Split(text, problems);
        if (problems.Items.Count > 0)
        {
            return new ParsedValue(null, problems.Items, []);
        }

        return language is null ? Plain(pieces, at, locate) : TemplateParser.Parse(pieces, at, language, locate);
    }

    private static ConstantNode Constant(string text, ScalarStyle style, SourcePosition at, string? language)
    {
        var value = style == ScalarStyle.Plain ? YamlScalar.Read(text) : YamlScalar.Text(text);
        var isNull = value.ValueKind == System.Text.Json.JsonValueKind.Null;
        return new ConstantNode(language is null || isNull ? value : YamlScalar.Text(text), at);
    }

    private static ParsedValue Plain(IReadOnlyList<Piece> pieces, SourcePosition at, Func<int, SourcePosition> locate)
    {
        var parts = new List<TextPart>();
        var problems = new List<ExpressionProblem>();
        var references = new List<Reference>();
        foreach (var piece in pieces)
        {
            if (!piece.IsHole)
            {
                parts.Add(new TextPart(piece.Text, null));
                continue;
            }

            var parsed = ExpressionAnalysis.Run(piece.Text, piece.Offset, locate, locate(piece.Offset));
            problems.AddRange(parsed.Problems);
            references.AddRange(parsed.References);
            if (parsed.Expression is { } expression)
            {
                parts.Add(new TextPart(null, expression));
            }
        }

        ValueNode? node = problems.Count > 0 ? null : parts is [{ Expression: { } whole }] ? new WholeNode(whole, at) : new TextNode(parts, at);
        return new ParsedValue(node, problems, references);
    }
}
