namespace Responder.Sdk.Rest;

/// <summary>The hosts that a connection may talk to. Every call, redirect and next-link is held against it, so that a credential goes nowhere else.</summary>
public sealed class KnownHosts
{
    private readonly Uri _base;
    private readonly IReadOnlyList<string> _more;

    /// <summary>The base address's own host, and more.</summary>
    /// <param name="baseAddress">The base address.</param>
    /// <param name="more">As <see cref="RestSettings.KnownHosts"/>.</param>
    public KnownHosts(Uri baseAddress, IReadOnlyList<string> more)
    {
        ArgumentNullException.ThrowIfNull(baseAddress);
        ArgumentNullException.ThrowIfNull(more);
        if (Problem(baseAddress) is { } problem)
        {
            throw new ArgumentException($"{baseAddress}: {problem}", nameof(baseAddress));
        }

        (_base, _more) = (baseAddress, more);
    }

    /// <summary>What keeps an address from being a product's; null where nothing does.</summary>
    /// <param name="address">The address.</param>
    public static string? Problem(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return !address.IsAbsoluteUri ? "is not a whole address; write https://host"
            : address.UserInfo.Length > 0 ? "holds a user name or password; credentials have settings of their own"
            : address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback) ? null
            : address.Scheme == Uri.UriSchemeHttp ? "is plain http; outside loopback only https is used"
            : "is not https";
    }

    /// <summary>True where a call may go there.</summary>
    /// <param name="address">The whole address.</param>
    public bool Knows(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return Problem(address) is null && (Same(address, _base) || _more.Any(host => Fits(address, host)));
    }

    private static bool Same(Uri left, Uri right) =>
        left.Scheme == right.Scheme && left.Port == right.Port && string.Equals(left.IdnHost, right.IdnHost, StringComparison.OrdinalIgnoreCase);

    private static bool Fits(Uri address, string known)
    {
        var colon = known.LastIndexOf(':');
        var (host, port) = colon > 0 && int.TryParse(known.AsSpan(colon + 1), out var number) ? (known[..colon], number) : (known, 443);
        return address.Port == port && (host.StartsWith('.')
            ? address.IdnHost.EndsWith(host, StringComparison.OrdinalIgnoreCase)
            : string.Equals(address.IdnHost, host, StringComparison.OrdinalIgnoreCase));
    }
}
