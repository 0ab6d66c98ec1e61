using System.Globalization;
using System.Text;

namespace Responder.Engine.Reports.Words;

/// <summary>Text that others wrote, made harmless to read: nothing in it hides, turns the line round, or fills the page.</summary>
public static class SafeText
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

    /// <summary>At most so many characters of a text made ready to be shown, then how many more there are. A long text is not made ready whole.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">At most so many characters.</param>
    /// <param name="ready">Makes it ready.</param>
    public static string Fit(string text, int most, Func<string, string> ready)
    {
        var head = text.Length <= 2 * most ? text : text[..(2 * most)];
        var shown = ready(head);
        if (shown.Length <= most && head.Length == text.Length)
        {
            return shown;
        }

        var end = Math.Min(most, shown.Length);
        end = end > 0 && char.IsHighSurrogate(shown[end - 1]) ? end - 1 : end;
        return $"{shown.AsSpan(0, end)}… ({Amounts.Count(Math.Max(1, text.Length - end))} more characters)";
    }

    // EnumerateRunes gives U+FFFD for a lone surrogate, which is seen already.
    private static bool Hides(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate;
}
