using System.Text;
using System.Text.RegularExpressions;

namespace Responder.Engine.Reports.Words;

/// <summary>Any text as Markdown that shows it as it is: nothing in it becomes markup, a link or a new block.</summary>
internal static partial class MarkdownText
{
    // Also the marks of common extensions: attributes {…}, sub- and superscript, formulas $.
    private const string Marks = "\\`*_{}[]<>&|~^$#";

    // Inserted ++, marked ==, cited "".
    private const string MarksInPairs = "+=\"";

    public static string Escape(string text)
    {
        var result = new StringBuilder(text.Length + 16);
        foreach (var (index, letter) in text.Index())
        {
            if (Marks.Contains(letter, StringComparison.Ordinal) || (letter == ':' && IsMark(text, index))
                || (MarksInPairs.Contains(letter, StringComparison.Ordinal) && index > 0 && text[index - 1] == letter))
            {
                result.Append('\\');
            }

            result.Append(letter);
        }

        return result.ToString();
    }

    /// <summary>At the start of a block a few more characters would begin a list or a rule.</summary>
    public static string EscapeStart(string escaped)
    {
        var number = Ordered().Match(escaped);
        return number.Success ? $"{number.Groups[1].Value}\\{escaped[number.Groups[1].Length..]}"
            : escaped.Length > 0 && escaped[0] is '-' or '+' or '=' or ':' or '"' or '\'' or '%' ? '\\' + escaped
            : escaped;
    }

    /// <summary>A code span with a fence longer than any in the text; null for a text that can't be one.</summary>
    public static string? CodeSpan(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var fence = new string('`', LongestRun(text) + 1);
        var pad = text[0] is '`' or ' ' || text[^1] is '`' or ' ' ? " " : "";
        return $"{fence}{pad}{text}{pad}{fence}";
    }

    /// <summary>A fenced block.</summary>
    public static string CodeBlock(string text)
    {
        var fence = new string('`', Math.Max(3, LongestRun(text) + 1));
        return $"{fence}\n{text}\n{fence}";
    }

    // A colon makes a link of mailto:x and a picture of :x:, but not in a path, a time, or before a blank.
    private static bool IsMark(string text, int colon) =>
        colon + 1 < text.Length && text[colon + 1] is not (' ' or '\\') && !(char.IsAsciiDigit(text[colon + 1]) && colon > 0 && char.IsAsciiDigit(text[colon - 1]));

    private static int LongestRun(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var letter in text)
        {
            run = letter == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    [GeneratedRegex(@"^([0-9]{1,9}|[a-zA-Z]|[ivxlcdmIVXLCDM]{1,6})[.)](\s|$)")]
    private static partial Regex Ordered();
}
