using System.Security.Cryptography;
using System.Text;

namespace Responder.Engine.Access;

/// <summary>The API keys of machines. A key itself is never stored, only its hash.</summary>
public interface IApiKeys
{
    /// <summary>Keeps a new key. Completes after the commit.</summary>
    /// <param name="key">Its row.</param>
    /// <param name="hash"><see cref="ApiKeyHash.Of"/> of the key.</param>
    /// <param name="cancel">Ends waiting.</param>
    Task AddAsync(ApiKeyRow key, string hash, CancellationToken cancel);

    /// <summary>The key with this hash, revoked or not; null where there is none.</summary>
    Task<ApiKeyRow?> FindAsync(string hash, CancellationToken cancel);

    /// <summary>The key with this id, revoked or not; null where there is none.</summary>
    Task<ApiKeyRow?> ByIdAsync(string id, CancellationToken cancel);

    /// <summary>Notes a signature as used, for as long as it could be sent again; false where it was used before. Completes after the commit.</summary>
    /// <param name="signature">The signature.</param>
    /// <param name="until">From when on nobody would take it any more.</param>
    /// <param name="cancel">Ends waiting.</param>
    Task<bool> UseOnceAsync(string signature, DateTimeOffset until, CancellationToken cancel);

    /// <summary>All keys, newest first.</summary>
    Task<IReadOnlyList<ApiKeyRow>> ListAsync(CancellationToken cancel);

    /// <summary>Revokes a key; false where there is none that is in force. Completes after the commit.</summary>
    /// <param name="id">The key.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="at">When.</param>
    /// <param name="cancel">Ends waiting.</param>
    Task<bool> RevokeAsync(string id, string by, DateTimeOffset at, CancellationToken cancel);

    /// <summary>Notes that a key was used. Kept to the minute, and not waited for.</summary>
    void NoteUse(string id, DateTimeOffset at);
}

/// <summary>An API key for lists and checks.</summary>
/// <param name="Id">Its public part, safe to show.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Scopes">What it may do: <c>alerts:write</c>, <c>runs:read</c>, …</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="LastUsedAt">When it was last used, to the minute; null for never.</param>
/// <param name="RevokedAt">When it was revoked; null where it is in force.</param>
public sealed record ApiKeyRow(
    string Id, string Name, IReadOnlyList<string> Scopes, string CreatedBy, DateTimeOffset CreatedAt,
    DateTimeOffset? LastUsedAt = null, DateTimeOffset? RevokedAt = null)
{
    /// <summary>Networks that it may be used from, as <c>10.0.0.0/8</c>; empty for anywhere.</summary>
    public IReadOnlyList<string> AllowedFrom { get; init; } = [];

    /// <summary>How many requests a minute it may make; null for any number.</summary>
    public int? PerMinute { get; init; }

    /// <summary>True where its text never travels: requests are signed with it.</summary>
    public bool Signs { get; init; }
}

/// <summary>The hash under which a key is kept.</summary>
public static class ApiKeyHash
{
    /// <summary>SHA-256 in hex. No salt and no slow hash: a key is 256 random bits, which nobody can guess.</summary>
    /// <param name="key">The key as its holder sends it.</param>
    public static string Of(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
