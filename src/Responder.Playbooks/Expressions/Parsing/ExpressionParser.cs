using Responder.Playbooks.Language;

namespace Responder.Playbooks.Expressions;

/// <summary>Parses expressions, once, when a playbook is loaded.</summary>
public static class ExpressionParser
{
    /// <summary>Parses a bare expression: <c>when</c>, <c>if</c>, <c>until</c>.</summary>
    /// <param name="source">Its text, without <c>${{ }}</c>.</param>
    /// <param name="at">Where it begins in the file.</param>
    /// <param name="locate">Where in the file a place of the text is, for text that YAML folded or unescaped; null counts lines and columns on from <paramref name="at"/>.</param>
    public static ParsedExpression Parse(string source, SourcePosition at, Func<int, SourcePosition>? locate = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        return ExpressionAnalysis.Run(source, 0, locate ?? (offset => TextPosition.Of(source, offset, at)), at);
    }
}
