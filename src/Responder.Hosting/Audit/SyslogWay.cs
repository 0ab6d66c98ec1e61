namespace Responder.Hosting.Audit;

/// <summary>How syslog messages travel.</summary>
internal enum SyslogWay
{
    /// <summary>A datagram each (RFC 5426): nobody says whether it came.</summary>
    Udp,

    /// <summary>One after another over a connection, each with its length (RFC 6587).</summary>
    Tcp,

    /// <summary>The same over TLS (RFC 5425); the server's certificate must be valid for its name.</summary>
    Tls,
}
