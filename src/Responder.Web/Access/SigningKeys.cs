using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Responder.Storage;

namespace Responder.Web.Access;

/// <summary>
/// The texts of keys that sign. None is stored: each is worked out from the key's id and one secret of the installation, which is a file of the data
/// folder (mode 0600), not in the database; where several nodes share a database, a setting names it for all.
/// </summary>
/// <param name="folder">The data folder.</param>
/// <param name="given">The secret by the settings (<c>Keys:SigningSecret</c>); the folder's own where it is null.</param>
public sealed class SigningKeys(DataFolder folder, string? given) : IDisposable
{
    /// <summary>The file's name.</summary>
    public const string FileName = "signing-secret";

    private readonly SemaphoreSlim _once = new(1);
    private byte[]? _secret = given is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes(given));

    /// <summary>A key's text.</summary>
    /// <param name="keyId">Its id.</param>
    /// <param name="cancel">Ends waiting.</param>
    public async Task<string> OfAsync(string keyId, CancellationToken cancel) =>
        "rsk_" + Base64Url.EncodeToString(HMACSHA256.HashData(await SecretAsync(cancel), Encoding.UTF8.GetBytes($"key|{keyId}")));

    /// <summary>The signature of a request: HMAC-SHA256 in hex over the time stamp, the method, the path with its query, each with a line end, and the body.</summary>
    /// <param name="text">The key's text.</param>
    /// <param name="timestamp">Seconds since 1970, as the request says.</param>
    /// <param name="method">In capitals.</param>
    /// <param name="target">Path and query.</param>
    /// <param name="body">The body.</param>
    public static string Sign(string text, long timestamp, string method, string target, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(text));
        hmac.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{timestamp}\n{method}\n{target}\n")));
        hmac.AppendData(body);
        return Convert.ToHexStringLower(hmac.GetHashAndReset());
    }

    /// <inheritdoc/>
    public void Dispose() => _once.Dispose();

    private async Task<byte[]> SecretAsync(CancellationToken cancel)
    {
        if (_secret is { } known)
        {
            return known;
        }

        await _once.WaitAsync(cancel);
        try
        {
            if (_secret is null && !File.Exists(folder.File(FileName)))
            {
                await folder.WriteSecretAsync(FileName, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)), cancel);
            }

            return _secret ??= Convert.FromHexString((await File.ReadAllTextAsync(folder.File(FileName), cancel)).Trim());
        }
        finally
        {
            _once.Release();
        }
    }
}
