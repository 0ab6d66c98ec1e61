using System.Security.Cryptography;
using System.Text;

namespace Responder.Sdk.Estate;

/// <summary>Hashes as text.</summary>
internal static class Hex
{
    /// <summary>SHA-256 of a text's UTF-8, 64 lower-case hex digits.</summary>
    public static string Sha256(string text) => Sha256(Encoding.UTF8.GetBytes(text));

    /// <summary>SHA-256, 64 lower-case hex digits.</summary>
    public static string Sha256(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
