using System.Text;
using System.Text.RegularExpressions;
using Responder.Sdk.Chat;

namespace Responder.Engine.Reports.Words;

/// <summary>Any text as Markdown that shows it as it is, also for readers with the common extensions: nothing in it becomes markup, a link or a new block.</summary>
internal static partial class MarkdownMarks
{
    // Sub- and superscript, formulas; inserted ++, marked ==, cited "" only where they stand in pairs.
    private const string Marks = "^$";
    private const string MarksInPairs = "+=\"";

    public static string Escape(string text)
    {
        var quoted = MarkdownText.Quote(text);
        var result = new StringBuilder(quoted.Length + 16);
        foreach (var (index, letter) in quoted.Index())
        {
            // Attributes {…} are read even behind a backslash by some readers; an entity is always a letter.
            if (letter is '{' or '}')
            {
                result.Append(letter == '{' ? "&#123;" : "&#125;");
                continue;
            }

            if (Marks.Contains(letter, StringComparison.Ordinal) || (letter == ':' && IsMark(quoted, index))
                || (MarksInPairs.Contains(letter, StringComparison.Ordinal) && index > 0 && quoted[index - 1] == letter))
            {
                result.Append('\\');
            }

            result.Append(letter);
        }

        return result.ToString();
    }

    /// <summary>At the start of a block some more would begin a list or a definition.</summary>
    public static string EscapeStart(string escaped)
    {
        var letter = Lettered().Match(escaped);
        return letter.Success ? $"{letter.Groups[1].Value}\\{escaped[letter.Groups[1].Length..]}"
            : escaped.Length > 0 && escaped[0] is ':' or '"' or '%' ? '\\' + escaped
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

    [GeneratedRegex(@"^([a-zA-Z]|[ivxlcdmIVXLCDM]{1,6})[.)](\s|$)")]
    private static partial Regex Lettered();
}
