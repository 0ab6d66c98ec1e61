using System.Text;
using System.Text.RegularExpressions;

namespace Responder.Engine.Reports.Words;

/// <summary>Any text as Markdown that shows it as it is: nothing in it becomes markup, a link or a new block.</summary>
internal static partial class MarkdownText
{
    // Also the marks of common extensions: attributes {…}, inserted ++, marked ==, sub- and superscript, formulas $.
    private const string Marks = "\\`*_{}[]<>&|~^=$+#";

    public static string Escape(string text)
    {
        var result = new StringBuilder(text.Length + 16);
        foreach (var letter in text)
        {
            if (Marks.Contains(letter, StringComparison.Ordinal))
            {
                result.Append('\\');
            }

            result.Append(letter);
        }

        return Schemes().Replace(result.ToString(), @"$1\:");
    }

    /// <summary>At the start of a block a few more characters would begin a list or a rule.</summary>
    public static string EscapeStart(string escaped)
    {
        var number = Ordered().Match(escaped);
        return number.Success ? $"{number.Groups[1].Value}\\{escaped[number.Groups[1].Length..]}"
            : escaped.Length > 0 && escaped[0] is '-' or ':' or '"' or '\'' or '%' ? '\\' + escaped
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

    [GeneratedRegex("(mailto|tel|https?|ftp|xmpp):", RegexOptions.IgnoreCase)]
    private static partial Regex Schemes();

    [GeneratedRegex(@"^([0-9]{1,9}|[a-zA-Z]{1,4})[.)](\s|$)")]
    private static partial Regex Ordered();
}
