using System.Security.Cryptography;
using System.Text;

namespace Responder.Storage.Audit;

/// <summary>
/// The key of the audit's chain: a file of the data folder (mode 0600) or a setting, never in the database, so that whoever can change the one does not have
/// the other. Nodes that share a database are given the same one, so that one check covers them all.
/// </summary>
public sealed class AuditKey
{
    /// <summary>The file's name.</summary>
    public const string FileName = "audit-key";

    private readonly byte[] _secret;

    private AuditKey(byte[] secret)
    {
        _secret = secret;
        Id = Convert.ToHexStringLower(HMACSHA256.HashData(secret, "responder/audit/key"u8))[..12];
    }

    /// <summary>By which a link says with which key it was made; it tells nothing of the key.</summary>
    public string Id { get; }

    /// <summary>The key that a text gives: a setting.</summary>
    /// <param name="text">At least 16 characters that nobody can guess.</param>
    public static AuditKey Of(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>A key that is kept nowhere: for stores that are thrown away.</summary>
    public static AuditKey New() => new(RandomNumberGenerator.GetBytes(32));

    /// <summary>Reads the installation's key; makes it where there is none.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="InvalidDataException">The file holds no key.</exception>
    public static async Task<AuditKey> OpenAsync(DataFolder folder, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var file = folder.File(FileName);
        if (!File.Exists(file))
        {
            await folder.WriteSecretAsync(FileName, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)), cancel);
        }

        return await ReadAsync(file, cancel);
    }

    /// <summary>Reads a key.</summary>
    /// <param name="file">Its file.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="InvalidDataException">The file holds no key.</exception>
    public static async Task<AuditKey> ReadAsync(string file, CancellationToken cancel)
    {
        var text = (await File.ReadAllTextAsync(file, cancel)).Trim();
        return text.Length == 64 && text.All(char.IsAsciiHexDigit)
            ? new AuditKey(Convert.FromHexString(text))
            : throw new InvalidDataException($"{file} holds no key of the audit: that is 64 hex digits. Restore it from where secrets are kept; with another key nothing that was written can be checked.");
    }

    /// <summary>A keyed digest: tells that a text is another one, and to nobody without the key what it is.</summary>
    /// <param name="text">The text.</param>
    public string Digest(string text) => Convert.ToHexStringLower(Code(Encoding.UTF8.GetBytes("responder/audit/digest\n" + text)))[..32];

    /// <summary>The code of a text.</summary>
    internal byte[] Code(ReadOnlySpan<byte> text) => HMACSHA256.HashData(_secret, text);
}
