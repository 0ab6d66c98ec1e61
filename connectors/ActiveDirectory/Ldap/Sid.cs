using System.Buffers.Binary;
using System.Globalization;

namespace Responder.Connectors.ActiveDirectory.Ldap;

/// <summary>Security ids between bytes and text; .NET's own class is for Windows only.</summary>
internal static class Sid
{
    /// <summary><c>S-1-5-21-…</c>.</summary>
    public static string Text(ReadOnlySpan<byte> sid)
    {
        var authority = BinaryPrimitives.ReadUInt64BigEndian([0, 0, .. sid[2..8]]);
        var text = string.Create(CultureInfo.InvariantCulture, $"S-{sid[0]}-{authority}");
        for (var at = 8; at + 4 <= sid.Length; at += 4)
        {
            text += string.Create(CultureInfo.InvariantCulture, $"-{BinaryPrimitives.ReadUInt32LittleEndian(sid[at..])}");
        }

        return text;
    }

    /// <summary>The domain's part of an account's id, with another last number.</summary>
    public static byte[] WithLast(ReadOnlySpan<byte> sid, uint last)
    {
        byte[] other = [.. sid];
        BinaryPrimitives.WriteUInt32LittleEndian(other.AsSpan(other.Length - 4), last);
        return other;
    }
}
