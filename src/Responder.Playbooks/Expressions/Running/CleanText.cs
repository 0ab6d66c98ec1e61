using System.Text;

namespace Responder.Playbooks.Expressions;

/// <summary>Text that a JSON column can hold: no half of a surrogate pair and no NUL; U+FFFD stands in their place, as at intake.</summary>
internal static class CleanText
{
    public static string Of(string text, bool keepNul = false)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (IsBad(text, ref i, keepNul))
            {
                return Replaced(text, i, keepNul);
            }
        }

        return text;
    }

    private static string Replaced(string text, int from, bool keepNul)
    {
        var clean = new StringBuilder(text, 0, from, text.Length);
        for (var i = from; i < text.Length; i++)
        {
            var start = i;
            if (IsBad(text, ref i, keepNul))
            {
                clean.Append((char)0xFFFD);
            }
            else
            {
                clean.Append(text, start, i - start + 1);
            }
        }

        return clean.ToString();
    }

    // A whole pair moves the place on to its second half.
    private static bool IsBad(string text, ref int at, bool keepNul)
    {
        if (text[at] == '\0')
        {
            return !keepNul;
        }

        if (!char.IsSurrogate(text[at]))
        {
            return false;
        }

        if (char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
        {
            at++;
            return false;
        }

        return true;
    }
}
