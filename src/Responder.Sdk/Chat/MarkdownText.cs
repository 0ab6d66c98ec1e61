using System.Text;

namespace Responder.Sdk.Chat;

/// <summary>Values in Markdown: shown as they are, never read as marks.</summary>
public static class MarkdownText
{
    /// <summary>The text of a template, each value quoted.</summary>
    /// <param name="template">Markdown with values.</param>
    public static string Render(Template template)
    {
        ArgumentNullException.ThrowIfNull(template);
        return template.Render((value, _) => Quote(value));
    }

    /// <summary>A value, so written that Markdown shows it letter by letter.</summary>
    /// <param name="value">The value; often from an alert, so hostile.</param>
    public static string Quote(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var text = new StringBuilder(value.Length + 8);
        var fresh = true;
        for (var index = 0; index < value.Length; index++)
        {
            var letter = value[index];
            var next = index + 1 < value.Length ? value[index + 1] : '\0';
            if (Means(value, index, letter, next, fresh))
            {
                text.Append('\\');
            }

            text.Append(letter);
            fresh = letter == '\n' || (fresh && letter is ' ' or '\t');
        }

        return text.ToString();
    }

    /// <summary>Cuts a text that is over a product's limit, at a heading where there is one in its second half, else at a line's end.</summary>
    /// <param name="markdown">The text.</param>
    /// <param name="limit">How many characters the product takes.</param>
    /// <param name="note">Put at the end of what was cut: where the rest is.</param>
    /// <returns>The text, and whether it was cut.</returns>
    public static (string Text, bool Cut) Fit(string markdown, int limit, string note)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        ArgumentNullException.ThrowIfNull(note);
        if (markdown.Length <= limit)
        {
            return (markdown, false);
        }

        var room = markdown[..Math.Max(0, limit - note.Length - 2)];
        var at = room.LastIndexOf("\n#", StringComparison.Ordinal);
        at = at > room.Length / 2 ? at : room.LastIndexOf('\n');
        at = at > 0 ? at : room.Length;
        return ($"{room[..at].TrimEnd()}\n\n{note}", true);
    }

    private static bool Means(string value, int index, char letter, char next, bool fresh) => letter switch
    {
        '`' or '*' or '[' or ']' or '<' or '|' or '~' => true,
        '\\' => (char.IsAscii(next) && (char.IsPunctuation(next) || char.IsSymbol(next))) || next is '\n' or '\0',
        '_' => index == 0 || !char.IsLetterOrDigit(value[index - 1]) || !char.IsLetterOrDigit(next),
        '&' => char.IsAsciiLetter(next) || next == '#',
        '#' or '>' or '=' => fresh,
        '-' or '+' => fresh && (next is ' ' or '\t' or '-' or '\0' or '\n'),
        '.' or ')' => (next is ' ' or '\t' or '\0' or '\n') && OnlyDigitsBefore(value, index),
        _ => false,
    };

    /// <summary>True where the line so far is a number, as in a numbered list.</summary>
    private static bool OnlyDigitsBefore(string value, int index)
    {
        var digits = 0;
        for (var at = index - 1; at >= 0 && value[at] != '\n'; at--)
        {
            if (!char.IsAsciiDigit(value[at]))
            {
                return false;
            }

            digits++;
        }

        return digits is > 0 and < 10;
    }
}
