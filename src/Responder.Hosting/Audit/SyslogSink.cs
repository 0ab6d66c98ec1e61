using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Responder.Hosting.Audit;

/// <summary>Lines as syslog messages of RFC 5424, facility 13 (audit), severity notice, each with the JSON as its text.</summary>
internal sealed class SyslogSink(string host, int port, SyslogWay way, TimeProvider time) : IAuditSink
{
    private const int Priority = (13 * 8) + 5;

    // A datagram that is longer is not taken by many servers, and cut by others.
    private const int LongestDatagram = 60_000;

    public async Task SendAsync(IReadOnlyList<string> lines, CancellationToken cancel)
    {
        var messages = lines.Select(line => Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"<{Priority}>1 {Sdk.Json.Time(time.GetUtcNow())} {Environment.MachineName} responder {Environment.ProcessId} audit - {line}")));
        try
        {
            await (way == SyslogWay.Udp ? SendDatagramsAsync(messages, cancel) : SendStreamAsync(messages, cancel));
        }
        catch (Exception failure) when (failure is SocketException or AuthenticationException || (failure is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw new IOException($"The syslog server {host}:{port} does not take messages: {failure.Message}", failure);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task SendDatagramsAsync(IEnumerable<byte[]> messages, CancellationToken cancel)
    {
        using var client = new UdpClient();
        client.Connect(host, port);
        foreach (var message in messages)
        {
            await client.SendAsync(message.AsMemory(0, Math.Min(message.Length, LongestDatagram)), cancel);
        }
    }

    private async Task SendStreamAsync(IEnumerable<byte[]> messages, CancellationToken cancel)
    {
        using var client = new TcpClient();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        await client.ConnectAsync(host, port, limit.Token);
        await using Stream stream = way == SyslogWay.Tls ? new SslStream(client.GetStream()) : client.GetStream();
        if (stream is SslStream tls)
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host }, limit.Token);
        }

        foreach (var message in messages)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{message.Length} ")), limit.Token);
            await stream.WriteAsync(message, limit.Token);
        }

        await stream.FlushAsync(limit.Token);
        client.Client.Shutdown(SocketShutdown.Send);
    }
}
