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
            source = Over(text, source, limit, node, node.Value[index]);
        }

        if (offset < node.Value.Length && !char.IsWhiteSpace(node.Value[offset]))
        {
            source = ToSign(text, source, limit, node);
        }

        return PositionOf(text, node, source);
    }

    private static int Start(string text, YamlText node) => node.Style switch
    {
        ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted => node.Index + 1,
        ScalarStyle.Literal or ScalarStyle.Folded => text.IndexOf('\n', Math.Min(node.Index, text.Length)) is var end and >= 0 ? end : text.Length,
        _ => node.Index,
    };

    /// <summary>Over the part of the source that one character of the value was read from.</summary>
    private static int Over(string text, int source, int limit, YamlText node, char value)
    {
        if (!char.IsWhiteSpace(value))
        {
            source = ToSign(text, source, limit, node);
        }
        else if (!(char.IsWhiteSpace(text[source]) || (node.Style == ScalarStyle.DoubleQuoted && text[source] == '\\')))
        {
            // More blanks than this one were passed over already: a fold.
            return source;
        }

        return source >= limit ? source
            : node.Style == ScalarStyle.DoubleQuoted && text[source] == '\\' ? source + EscapeLength(text, source)
            : node.Style == ScalarStyle.SingleQuoted && text[source] == '\'' ? source + 2
            : source + 1;
    }

    /// <summary>Over folds, indentation and ends of lines that are escaped, to the next character that stands for itself.</summary>
    private static int ToSign(string text, int source, int limit, YamlText node)
    {
        while (source < limit)
        {
            if (node.Style == ScalarStyle.DoubleQuoted && text[source] == '\\' && source + 1 < limit && text[source + 1] is '\n' or '\r')
            {
                source += 2;
            }
            else if (char.IsWhiteSpace(text[source]))
            {
                source++;
            }
            else
            {
                break;
            }
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
