using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace Responder.Sdk.Emulation;

/// <summary>Issues tokens for one client and checks them, as a product's sign-in does.</summary>
/// <param name="time">The clock.</param>
/// <param name="lifetime">How long a token is good.</param>
public sealed class TokenDesk(TimeProvider time, TimeSpan lifetime)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _issued = new(StringComparer.Ordinal);

    /// <summary>The client's id.</summary>
    public string ClientId { get; init; } = EmulatorSite.NewHex();

    /// <summary>The client's secret.</summary>
    public string ClientSecret { get; init; } = EmulatorSite.NewSecret();

    /// <summary>What the client may; a test takes some away.</summary>
    public HashSet<string> Scopes { get; } = new(StringComparer.Ordinal);

    /// <summary>How long a token is good.</summary>
    public TimeSpan Lifetime => lifetime;

    /// <summary>Writes a new token; a random text unless the product's tokens say something.</summary>
    public Func<string> Mint { get; init; } = () => EmulatorSite.NewSecret(64);

    /// <summary>A new token; null where the pair is wrong.</summary>
    /// <param name="id">The client's id as it came.</param>
    /// <param name="secret">The client's secret as it came.</param>
    public string? Issue(string? id, string? secret) => id == ClientId && secret == ClientSecret ? Grant() : null;

    /// <summary>A new token for a client that has proved itself otherwise.</summary>
    public string Grant()
    {
        var token = Mint();
        _issued[token] = time.GetUtcNow() + lifetime;
        return token;
    }

    /// <summary>True where the call carries a bearer token that was issued here and is good.</summary>
    /// <param name="http">The call.</param>
    public bool Allows(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        var header = http.Request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) && _issued.TryGetValue(header[7..], out var until) && time.GetUtcNow() < until;
    }

    /// <summary>Ends a token.</summary>
    /// <param name="token">The token.</param>
    public void Revoke(string token) => _issued.TryRemove(token, out _);

    /// <summary>Ends every token, as a rotated key does.</summary>
    public void RevokeAll() => _issued.Clear();
}

/// <summary>Counts calls in a window of time, for rate-limit headers and refusals.</summary>
/// <param name="limit">How many calls a window takes.</param>
/// <param name="window">How long a window is.</param>
/// <param name="time">The clock.</param>
public sealed class RateWindow(int limit, TimeSpan window, TimeProvider time)
{
    private readonly Lock _turn = new();
    private DateTimeOffset _began;
    private int _used;

    /// <summary>How many calls a window takes.</summary>
    public int Limit => limit;

    /// <summary>Counts a call.</summary>
    /// <returns>True where it may pass; how many are left; when the window ends.</returns>
    public (bool Pass, int Remaining, DateTimeOffset Resets) Take()
    {
        lock (_turn)
        {
            var now = time.GetUtcNow();
            if (now >= _began + window)
            {
                (_began, _used) = (now, 0);
            }

            var pass = _used < limit;
            _used += pass ? 1 : 0;
            return (pass, limit - _used, _began + window);
        }
    }
}

/// <summary>Pages of a list.</summary>
public static class Paging
{
    /// <summary>A part of a list.</summary>
    /// <param name="all">The list.</param>
    /// <param name="offset">Where the part begins.</param>
    /// <param name="limit">How long it is at most.</param>
    /// <returns>The part, and where the next begins; null at the end.</returns>
    public static (IReadOnlyList<T> Page, int? Next) Slice<T>(IReadOnlyList<T> all, int offset, int limit)
    {
        ArgumentNullException.ThrowIfNull(all);
        IReadOnlyList<T> page = [.. all.Skip(offset).Take(limit)];
        return (page, offset + page.Count < all.Count ? offset + page.Count : null);
    }

    /// <summary>An opaque mark of a place in a list, for products whose next page has no number.</summary>
    /// <param name="offset">The place.</param>
    public static string Mark(int offset) => Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"page:{offset}"));

    /// <summary>The place of a mark; null where it is none.</summary>
    /// <param name="mark">As it came.</param>
    public static int? Place(string? mark)
    {
        var bytes = new byte[64];
        return mark is { Length: < 80 } && Convert.TryFromBase64String(mark, bytes, out var length)
            && System.Text.Encoding.ASCII.GetString(bytes, 0, length) is var text && text.StartsWith("page:", StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(5), System.Globalization.CultureInfo.InvariantCulture, out var offset) ? offset : null;
    }
}
