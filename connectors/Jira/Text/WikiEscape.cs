using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Responder.Connectors.Jira.Text;

/// <summary>
/// Text in Jira's wiki markup, shown letter by letter. What a backslash can take the meaning from gets one; the rest (a backslash itself, the colon of an address or a smiley)
/// is written as a numbered entity, which the renderer keeps.
/// </summary>
internal static partial class WikiEscape
{
    private const string Always = "{}[]|*^~#+@%";

    public static string Write(string text)
    {
        var line = AdfInlines.Clean(text).Replace('\n', ' ');
        var written = new StringBuilder(line.Length + 16);
        for (var at = 0; at < line.Length; at++)
        {
            var (before, letter, next) = (at == 0 ? ' ' : line[at - 1], line[at], at + 1 < line.Length ? line[at + 1] : ' ');
            if (Always.Contains(letter, StringComparison.Ordinal) || Means(line, at, before, letter, next))
            {
                written.Append('\\').Append(letter);
            }
            else if (IsEntity(line, at, before, letter, next))
            {
                written.Append(CultureInfo.InvariantCulture, $"&#{(int)letter};");
            }
            else
            {
                written.Append(letter);
            }
        }

        // At the beginning of a line these make a heading or a quote.
        return LineStart().Replace(written.ToString(), match => match.Value[..^1] + "&#46;");
    }

    /// <summary>An address in a link.</summary>
    public static string Address(string url)
    {
        var written = new StringBuilder(url.Length);
        foreach (var letter in url)
        {
            written.Append(letter is '|' or '[' or ']' or '{' or '}' or '\\' or '^' or '~' or '*' or '!' or '"' || char.IsWhiteSpace(letter) || char.IsControl(letter)
                ? Uri.HexEscape((char)(letter & 0xff)) : letter.ToString());
        }

        return written.ToString();
    }

    private static bool Means(string line, int at, char before, char letter, char next) => letter switch
    {
        // Between letters these mean nothing: ENG-WS-045, my_file.
        '-' or '_' => !(char.IsLetterOrDigit(before) && char.IsLetterOrDigit(next)),
        '!' => !char.IsWhiteSpace(next),
        '?' => before == '?' || next == '?',
        '(' => Smiley().IsMatch(line.AsSpan(at, Math.Min(10, line.Length - at))),
        _ => false,
    };

    private static bool IsEntity(string line, int at, char before, char letter, char next) => letter switch
    {
        '\\' => !char.IsLetterOrDigit(next) || before == '\\',
        '&' => next == '#' || char.IsAsciiLetter(next),
        ':' => line.AsSpan(at).StartsWith("://") || next is ')' or '(' or 'D' or 'P' or 'p' or '-' or '|' || line.AsSpan(0, at).EndsWith("mailto", StringComparison.OrdinalIgnoreCase),
        ';' => next == ')',
        _ => false,
    };

    [GeneratedRegex(@"^\s*(?:h[1-6]|bq)\.", RegexOptions.CultureInvariant)]
    private static partial Regex LineStart();

    [GeneratedRegex(@"^\((?:!|y|n|i|/|x|\+|-|\?|on|off|\*[rgby]?|flag|flagoff)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Smiley();
}
