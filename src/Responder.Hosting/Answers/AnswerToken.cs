using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Responder.Hosting.Answers;

/// <summary>What stands in an answer link: the run and the step, and this installation's signature of them.</summary>
internal static class AnswerToken
{
    private const int Signature = 32;

    /// <summary>A token; the same for the same step.</summary>
    public static string Make(byte[] key, string runId, string path)
    {
        var said = Encoding.UTF8.GetBytes($"{runId}\n{path}");
        return Base64Url.EncodeToString([.. Sign(key, said), .. said]);
    }

    /// <summary>The run and the step; null where we did not sign it.</summary>
    public static (string RunId, string Path)? Read(byte[] key, string token)
    {
        if (token.Length is 0 or > 2000 || !Base64Url.IsValid(token))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(token);
        if (bytes.Length <= Signature || !CryptographicOperations.FixedTimeEquals(Sign(key, bytes.AsSpan(Signature)), bytes.AsSpan(0, Signature)))
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(bytes, Signature, bytes.Length - Signature).Split('\n', 2);
        return parts is [var runId, var path] ? (runId, path) : null;
    }

    /// <summary>The key signs other things too, perhaps, one day: what is signed here begins with its own word.</summary>
    private static byte[] Sign(byte[] key, ReadOnlySpan<byte> said)
    {
        byte[] all = [.. "answer-1\n"u8, .. said];
        return HMACSHA256.HashData(key, all);
    }
}
