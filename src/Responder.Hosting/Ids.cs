using System.Security.Cryptography;
using Responder.Engine.Runs;

namespace Responder.Hosting;

/// <summary>Ids in the order of time: ten characters of milliseconds, ten of randomness, in Crockford's base 32, lower case.</summary>
/// <param name="time">The clock.</param>
public sealed class Ids(TimeProvider time) : IIds
{
    private const string Digits = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <inheritdoc/>
    public string New()
    {
        Span<char> id = stackalloc char[20];
        var milliseconds = time.GetUtcNow().ToUnixTimeMilliseconds();
        for (var i = 9; i >= 0; i--)
        {
            id[i] = Digits[(int)(milliseconds & 31)];
            milliseconds >>= 5;
        }

        Span<byte> random = stackalloc byte[10];
        RandomNumberGenerator.Fill(random);
        for (var i = 0; i < 10; i++)
        {
            id[10 + i] = Digits[random[i] & 31];
        }

        return new string(id);
    }
}
