using System.Security.Cryptography;
using System.Text;

namespace Responder.Playbooks.Expressions;

/// <summary><c>base64_decode</c>, <c>sha256</c>.</summary>
internal static class EncodingHelpers
{
    /// <summary>Decodes as attackers write it: with or without padding, the URL alphabet too, blanks ignored. PowerShell's <c>-EncodedCommand</c> is <c>utf-16</c>.</summary>
    public static string Base64Decode(string text, string encoding)
    {
        var decoder = encoding.ToUpperInvariant() switch
        {
            "UTF-8" or "UTF8" => Encoding.UTF8,
            "UTF-16" or "UTF-16LE" or "UTF16" or "UTF16LE" => Encoding.Unicode,
            "UTF-16BE" or "UTF16BE" => Encoding.BigEndianUnicode,
            "ASCII" or "US-ASCII" => Encoding.ASCII,
            "LATIN1" or "ISO-8859-1" => Encoding.Latin1,
            _ => throw new Stopped($"base64_decode(…) knows no encoding '{encoding}': utf-8, utf-16, utf-16be, ascii, latin1"),
        };
        var clean = new StringBuilder(text.Length + 3);
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c) && c != '=')
            {
                clean.Append(c switch { '-' => '+', '_' => '/', _ => c });
            }
        }

        clean.Append('=', (4 - (clean.Length % 4)) % 4);
        try
        {
            return decoder.GetString(Convert.FromBase64String(clean.ToString()));
        }
        catch (FormatException)
        {
            throw new Stopped("base64_decode(…): the text is not base64");
        }
    }

    /// <summary>Of the text's UTF-8, as lower-case hexadecimal.</summary>
    public static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
