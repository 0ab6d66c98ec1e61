using System.Security.Cryptography;
using Responder.Storage;

namespace Responder.Hosting.Evidence;

/// <summary>
/// The key that signs evidence packs: made at the first export, a file of the data folder (mode 0600), never in the database, so that whoever can change the one
/// does not have the other. Several nodes that shall sign alike are given the same file.
/// </summary>
public sealed class EvidenceKey : IDisposable
{
    /// <summary>The file's name.</summary>
    public const string FileName = "evidence-key.pem";

    /// <summary>Curve P-256 with SHA-256, as FIPS 186-5 has it.</summary>
    public const string Algorithm = "ECDSA-P256-SHA256";

    private readonly ECDsa _key;

    private EvidenceKey(ECDsa key) => _key = key;

    /// <summary>For others, to check packs by: PEM.</summary>
    public string PublicKey => _key.ExportSubjectPublicKeyInfoPem();

    /// <summary>The public key's SHA-256, hex.</summary>
    public string Fingerprint => FingerprintOf(_key);

    /// <summary>Reads the installation's key; makes it where there is none.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="InvalidDataException">The file holds no key.</exception>
    public static async Task<EvidenceKey> OpenAsync(DataFolder folder, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var file = folder.File(FileName);
        if (File.Exists(file))
        {
            return await ReadAsync(file, cancel);
        }

        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await folder.WriteSecretAsync(FileName, key.ExportPkcs8PrivateKeyPem(), cancel);
        return new EvidenceKey(key);
    }

    /// <summary>Reads a key.</summary>
    /// <param name="file">Its file.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="InvalidDataException">The file holds no key.</exception>
    public static async Task<EvidenceKey> ReadAsync(string file, CancellationToken cancel) => new(Import(await File.ReadAllTextAsync(file, cancel), file));

    /// <summary>Signs a manifest.</summary>
    /// <param name="manifest">Its bytes.</param>
    public EvidenceSignature Sign(ReadOnlySpan<byte> manifest) =>
        new(Algorithm, PublicKey, Fingerprint, Convert.ToBase64String(_key.SignData(manifest, HashAlgorithmName.SHA256)));

    /// <summary>Checks a signature by a public key.</summary>
    /// <param name="publicKey">PEM.</param>
    /// <param name="manifest">What was signed.</param>
    /// <param name="signature">The signature.</param>
    /// <returns>The key's fingerprint where it fits; null where it does not.</returns>
    /// <exception cref="InvalidDataException">The text holds no key of this kind.</exception>
    public static string? Check(string publicKey, ReadOnlySpan<byte> manifest, ReadOnlySpan<byte> signature)
    {
        using var key = Import(publicKey, "the public key");
        return key.VerifyData(manifest, signature, HashAlgorithmName.SHA256) ? FingerprintOf(key) : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private static string FingerprintOf(ECDsa key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));

    private static ECDsa Import(string pem, string what)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return key;
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new InvalidDataException($"{what} is no key in PEM of the kind {Algorithm}: {exception.Message}", exception);
        }
    }
}
