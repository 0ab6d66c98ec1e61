using Responder.Playbooks.Language;

namespace Responder.Playbooks.Expressions;

/// <summary>Values of fields in another language.</summary>
internal static class TemplateParser
{
    public static ParsedValue Parse(IReadOnlyList<Piece> pieces, SourcePosition at, string language, Func<int, SourcePosition> locate)
    {
        var parts = new List<TemplateHole>();
        var problems = new List<ExpressionProblem>();
        var references = new List<Reference>();
        foreach (var piece in pieces)
        {
            if (!piece.IsHole)
            {
                parts.Add(new TemplateHole(piece.Text, null, false));
                continue;
            }

            var (inner, offset, isPrefix) = PrefixCall.Strip(piece);
            var parsed = ExpressionAnalysis.Run(inner, offset, locate, locate(offset));
            problems.AddRange(parsed.Problems);
            references.AddRange(parsed.References);
            if (parsed.Expression is { } expression)
            {
                parts.Add(new TemplateHole(null, expression, isPrefix));
            }
        }

        return new ParsedValue(problems.Count > 0 ? null : new TemplateNode(parts, language, at), problems, references);
    }
}
