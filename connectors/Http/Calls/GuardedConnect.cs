using System.Net;
using System.Net.Sockets;

namespace Responder.Connectors.Http.Calls;

/// <summary>
/// Opens the connections of a client. The name is looked up here, and only what was looked at is connected to: DNS can't say one thing to a check and another to the call.
/// </summary>
/// <param name="networks">Networks that are not public and may be reached all the same.</param>
/// <param name="lookUp">Finds a name's addresses.</param>
internal sealed class GuardedConnect(IReadOnlyList<IPNetwork> networks, Func<string, CancellationToken, Task<IPAddress[]>> lookUp)
{
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var found = IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal] : await lookUp(host, cancel);
        IPAddress[] allowed = [.. found.Where(address => AddressRules.IsAllowed(address, networks))];
        if (allowed.Length == 0)
        {
            throw new AddressRefusedException(host, found);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>None of a host's addresses may be reached.</summary>
/// <param name="host">The host.</param>
/// <param name="addresses">What was found.</param>
internal sealed class AddressRefusedException(string host, IReadOnlyList<IPAddress> addresses) : Exception(
    addresses.Count == 0
        ? $"'{host}' has no address."
        : $"'{host}' is {string.Join(", ", addresses)}, which is no public address. If that is meant, name its network in the connection's setting Networks.");
