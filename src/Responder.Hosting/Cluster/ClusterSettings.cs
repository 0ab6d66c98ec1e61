using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;
using Responder.Sdk;

namespace Responder.Hosting.Cluster;

/// <summary>How this node meets the others. They find each other in the database; then they talk to each other directly.</summary>
/// <param name="ConnectionString">Of the database that the store is in.</param>
/// <param name="Name"><c>Cluster:Name</c>: nodes of one name belong together; <c>responder</c> unless said.</param>
/// <param name="Address"><c>Cluster:Address</c>: the address under which other nodes reach this one; loopback unless said. Nodes trust each other: no other network may reach it.</param>
/// <param name="Port"><c>Cluster:Port</c>: where it listens for them; 11111 unless said.</param>
public sealed record ClusterSettings(string ConnectionString, string Name, IPAddress Address, int Port)
{
    /// <summary>Reads them.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="connectionString">Of the database.</param>
    /// <exception cref="SettingsException">One is wrong.</exception>
    public static ClusterSettings Read(IConfiguration settings, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var section = settings.GetSection("Cluster");
        var address = section["Address"] is not { Length: > 0 } text ? IPAddress.Loopback
            : IPAddress.TryParse(text, out var given) ? given
            : throw new SettingsException("Cluster:Address", $"is '{text}'; it takes the IP address under which the other nodes reach this one.");
        var port = section["Port"] is not { Length: > 0 } number ? 11111
            : int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var one) && one is > 0 and < 65536 ? one
            : throw new SettingsException("Cluster:Port", $"is '{number}'; it takes a free port, 11111 unless said.");
        return new ClusterSettings(connectionString, section["Name"] is { Length: > 0 } name ? name : "responder", address, port);
    }
}
