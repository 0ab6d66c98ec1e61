using System.Security.Cryptography;

namespace Responder.Sdk.Identity;

/// <summary>Passwords that nobody keeps: made for one call, and gone after it.</summary>
public static class RandomPassword
{
    private const string Lower = "abcdefghijkmnopqrstuvwxyz";
    private const string Upper = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private const string Digits = "23456789";
    private const string Signs = "!#%+-=?@_";

    /// <summary>A new one: 32 letters, digits and signs with some of each, so that every usual policy takes it; about 180 bits.</summary>
    public static Secret Make()
    {
        var letters = string.Concat(
            RandomNumberGenerator.GetString(Lower, 1),
            RandomNumberGenerator.GetString(Upper, 1),
            RandomNumberGenerator.GetString(Digits, 1),
            RandomNumberGenerator.GetString(Signs, 1),
            RandomNumberGenerator.GetString(Lower + Upper + Digits + Signs, 28)).ToCharArray();
        RandomNumberGenerator.Shuffle<char>(letters);
        return new Secret(new string(letters));
    }
}
