using System.Net;
using System.Net.Sockets;

namespace Responder.Connectors.Http.Calls;

/// <summary>Which addresses are public (IANA's registries of special-purpose addresses, RFC 6890).</summary>
internal static class AddressRules
{
    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "64:ff9b:1::/48", "100::/64", "2001:2::/48", "2001:db8::/32", "2001:10::/28", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork Teredo = IPNetwork.Parse("2001::/32");

    /// <summary>True where a call may go there: it is public, or in a network that the settings name.</summary>
    public static bool IsAllowed(IPAddress address, IReadOnlyList<IPNetwork> networks)
    {
        // An IPv4 address in IPv6 clothes is the IPv4 address.
        var real = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return networks.Any(network => network.Contains(real)) || IsPublic(real);
    }

    private static bool IsPublic(IPAddress address) => !Special.Any(network => network.Contains(address)) && (Inner(address) is not { } inner || IsPublic(inner));

    /// <summary>The IPv4 address that a tunnel or translator would take a packet to.</summary>
    private static IPAddress? Inner(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return null;
        }

        var bytes = address.GetAddressBytes();
        return SixToFour.Contains(address) ? new IPAddress(bytes.AsSpan(2, 4))
            : Nat64.Contains(address) ? new IPAddress(bytes.AsSpan(12, 4))
            : Teredo.Contains(address) ? new IPAddress([.. bytes.Skip(12).Select(one => (byte)~one)])
            : null;
    }
}
