using System.Globalization;
using System.Text;

namespace Responder.Engine.Reports.Words;

/// <summary>Text that others wrote, made harmless to read: nothing in it hides, turns the line round, or fills the page.</summary>
internal static class SafeText
{
    /// <summary>
    /// Names characters that are not seen: controls, bidirectional marks, zero-width characters, lone surrogates, all as <c>‹U+202E›</c>.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="lines">Keep line breaks and tabs (a code block); else white space becomes one blank.</param>
    public static string Visible(string text, bool lines = false)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in (lines ? text.ReplaceLineEndings("\n") : text).EnumerateRunes())
        {
            if (lines && rune.Value is '\n' or '\t')
            {
                result.Append((char)rune.Value);
            }
            else if (Rune.IsWhiteSpace(rune))
            {
                if (lines || (result.Length > 0 && result[^1] != ' '))
                {
                    result.Append(' ');
                }
            }
            else if (Hides(rune))
            {
                result.Append(CultureInfo.InvariantCulture, $"‹U+{rune.Value:X4}›");
            }
            else
            {
                result.Append(rune.ToString());
            }
        }

        return lines ? result.ToString() : result.ToString().TrimEnd();
    }

    /// <summary>At most so many characters, then how many more there are.</summary>
    public static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        return $"{text.AsSpan(0, end)}… ({Amounts.Count(text.Length - end)} more characters)";
    }

    // EnumerateRunes gives U+FFFD for a lone surrogate, which is seen already.
    private static bool Hides(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate;
}
