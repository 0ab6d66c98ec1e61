using YamlDotNet.Core;

namespace Responder.Playbooks.Language.Yaml;

/// <summary>Where in the file a character of a scalar's value stands: quotes, escapes, folding and indentation taken into account.</summary>
internal static class ScalarMap
{
    /// <summary>The position of the character at an offset of the value.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="node">The scalar.</param>
    /// <param name="offset">The offset into its value.</param>
    public static SourcePosition At(string text, YamlText node, int offset)
    {
        var source = Start(text, node);
        var limit = Math.Min(node.End, text.Length);
        for (var index = 0; index < offset && index < node.Value.Length && source < limit; index++)
        {
            source = Skip(text, source, limit, node, index);
        }

        // The character looked for may stand behind a fold and its indentation.
        if (offset < node.Value.Length && !char.IsWhiteSpace(node.Value[offset]))
        {
            while (source < limit && char.IsWhiteSpace(text[source]))
            {
                source++;
            }
        }

        return PositionOf(text, node, source);
    }

    private static int Start(string text, YamlText node)
    {
        if (node.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted)
        {
            return node.Index + 1;
        }

        if (node.Style is ScalarStyle.Literal or ScalarStyle.Folded)
        {
            var lineEnd = text.IndexOf('\n', Math.Min(node.Index, text.Length));
            return SkipBlanks(text, lineEnd < 0 ? text.Length : lineEnd + 1);
        }

        return node.Index;
    }

    private static int Skip(string text, int source, int limit, YamlText node, int index)
    {
        if (node.Style == ScalarStyle.DoubleQuoted && text[source] == '\\')
        {
            return source + EscapeLength(text, source);
        }

        if (node.Style == ScalarStyle.SingleQuoted && text[source] == '\'')
        {
            return source + 2;
        }

        var value = node.Value[index];
        if (value is not (' ' or '\n') || text[source] == value && value == ' ')
        {
            return source + 1;
        }

        // A fold or a line's end: over it and over the next line's indentation.
        while (source < limit && text[source] is not '\n')
        {
            source++;
        }

        return SkipBlanks(text, source + 1);
    }

    private static int SkipBlanks(string text, int source)
    {
        while (source < text.Length && text[source] == ' ')
        {
            source++;
        }

        return source;
    }

    private static int EscapeLength(string text, int source) => source + 1 >= text.Length ? 1 : text[source + 1] switch
    {
        'x' => 4,
        'u' => 6,
        'U' => 10,
        _ => 2,
    };

    private static SourcePosition PositionOf(string text, YamlText node, int source)
    {
        var (line, column) = (node.At.Line, node.At.Column);
        for (var index = node.Index; index < source && index < text.Length; index++)
        {
            (line, column) = text[index] == '\n' ? (line + 1, 1) : (line, column + 1);
        }

        return new SourcePosition(line, column);
    }
}
