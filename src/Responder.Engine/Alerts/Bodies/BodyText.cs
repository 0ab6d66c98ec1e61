using System.Buffers;
using System.Globalization;
using System.Text;

namespace Responder.Engine.Alerts;

/// <summary>A body as text that every store and page can hold: NUL and lone surrogates, written out or as JSON escapes, become U+FFFD.</summary>
/// <remarks>PostgreSQL's <c>jsonb</c> refuses a NUL, and .NET's JSON reader throws on a lone surrogate only when its text is read: both are settled here, once.</remarks>
internal static class BodyText
{
    private const char Replacement = '\uFFFD';
    private static readonly SearchValues<char> Suspects = SearchValues.Create(Enumerable.Range(0xD800, 0x800).Select(code => (char)code).Append('\0').ToArray());

    public static string Decode(ReadOnlySpan<byte> body) => body switch
    {
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8.GetString(body[3..]),
        [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(body[2..]),
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(body[2..]),
        [not 0, 0, not 0, 0, ..] => Encoding.Unicode.GetString(body),
        _ => Encoding.UTF8.GetString(body),
    };

    /// <summary>Replaces characters that are NUL or half a pair.</summary>
    public static string Clean(string text)
    {
        var at = text.AsSpan().IndexOfAny(Suspects);
        if (at < 0)
        {
            return text;
        }

        var result = new StringBuilder(text);
        for (; at < result.Length; at++)
        {
            var one = result[at];
            if (char.IsHighSurrogate(one) && at + 1 < result.Length && char.IsLowSurrogate(result[at + 1]))
            {
                at++;
            }
            else if (one == '\0' || char.IsSurrogate(one))
            {
                result[at] = Replacement;
            }
        }

        return result.ToString();
    }

    /// <summary>Replaces JSON escapes of them: <c>\u0000</c>, <c>\ud800</c> without its other half.</summary>
    public static string CleanJson(string json)
    {
        json = Clean(json);
        var at = json.IndexOf("\\u", StringComparison.Ordinal);
        if (at < 0)
        {
            return json;
        }

        var result = new StringBuilder(json, json.Length);
        for (at = json.IndexOf('\\'); at >= 0 && at + 1 < json.Length; at = json.IndexOf('\\', at))
        {
            if (Escape(json, at) is not { } code)
            {
                at += 2;
            }
            else if (char.IsHighSurrogate(code) && Escape(json, at + 6) is { } low && char.IsLowSurrogate(low))
            {
                at += 12;
            }
            else
            {
                if (code == '\0' || char.IsSurrogate(code))
                {
                    "fffd".CopyTo(0, result, at + 2);
                }

                at += 6;
            }

            if (at >= json.Length)
            {
                break;
            }
        }

        return result.ToString();
    }

    private static char? Escape(string json, int at) =>
        at + 6 <= json.Length && json[at] == '\\' && json[at + 1] == 'u'
        && ushort.TryParse(json.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) ? (char)code : null;

    private static void CopyTo(this string text, int start, StringBuilder target, int at)
    {
        for (var i = start; i < text.Length; i++)
        {
            target[at + i] = text[i];
        }
    }
}
