using System.Buffers.Text;
using System.Security.Cryptography;
using Responder.Engine.Access;
using Responder.Engine.Runs;
using Responder.Storage;

namespace Responder.Web.Access;

/// <summary>Makes API keys, and at the first start the one that can do everything: its text is only in the data folder's file <c>api-key</c>, mode 0600.</summary>
public static class FirstKey
{
    /// <summary>The file's name.</summary>
    public const string FileName = "api-key";

    /// <summary>A new key: 256 random bits, with a mark by which scanners of secrets can know it.</summary>
    public static string NewKey() => "rsp_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Makes the first key where there is none at all.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="folder">The data folder.</param>
    /// <param name="ids">Makes ids.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancel">Ends waiting.</param>
    /// <returns>True where one was made.</returns>
    public static async Task<bool> EnsureAsync(IApiKeys keys, DataFolder folder, IIds ids, TimeProvider time, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentNullException.ThrowIfNull(time);
        if (await keys.ListAsync(cancel) is { Count: > 0 })
        {
            return false;
        }

        // The file first: after a crash between the two another key is made, and nobody is locked out.
        var key = NewKey();
        await folder.WriteSecretAsync(FileName, key, cancel);
        await keys.AddAsync(new ApiKeyRow(ids.New(), "first", [Scopes.Everything], "first start", time.GetUtcNow()), ApiKeyHash.Of(key), cancel);
        return true;
    }
}
