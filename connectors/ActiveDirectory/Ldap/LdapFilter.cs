using System.Globalization;
using System.Text;

namespace Responder.Connectors.ActiveDirectory.Ldap;

/// <summary>Quotes values for LDAP's filter language (RFC 4515), so that a name from an alert is a name and nothing else.</summary>
internal static class LdapFilter
{
    /// <summary>A text as a value: letters, digits and a few signs as they are, every other byte of its UTF-8 as <c>\xx</c>.</summary>
    public static string Quote(string value)
    {
        var quoted = new StringBuilder(value.Length + 8);
        foreach (var one in Encoding.UTF8.GetBytes(value))
        {
            _ = char.IsAsciiLetterOrDigit((char)one) || one is (byte)' ' or (byte)'-' or (byte)'_' or (byte)'.' or (byte)'@' or (byte)',' or (byte)'=' or (byte)'$' or (byte)':'
                ? quoted.Append((char)one)
                : Escape(quoted, one);
        }

        return quoted.ToString();
    }

    /// <summary>Bytes as a value: a SID, a GUID.</summary>
    public static string Quote(ReadOnlySpan<byte> value)
    {
        var quoted = new StringBuilder(value.Length * 3);
        foreach (var one in value)
        {
            Escape(quoted, one);
        }

        return quoted.ToString();
    }

    private static StringBuilder Escape(StringBuilder into, byte one) => into.Append('\\').Append(one.ToString("x2", CultureInfo.InvariantCulture));
}
