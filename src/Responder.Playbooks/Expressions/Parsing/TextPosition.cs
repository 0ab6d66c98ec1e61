using Responder.Playbooks.Language;

namespace Responder.Playbooks.Expressions;

/// <summary>Where in a file a place of a text is, where the text stands there as it is.</summary>
internal static class TextPosition
{
    public static SourcePosition Of(string text, int offset, SourcePosition start)
    {
        var (line, column) = start;
        for (var i = 0; i < offset && i < text.Length; i++)
        {
            (line, column) = text[i] == '\n' ? (line + 1, 1) : (line, column + 1);
        }

        return new SourcePosition(line, column);
    }
}
