using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MimeKit;
using Responder.Sdk.Emulation;

namespace Responder.Connectors.Mail.Tests.Server;

/// <summary>How the server behaves.</summary>
internal sealed record SmtpBehaviour
{
    /// <summary>The one credential; null where none is wanted.</summary>
    public (string User, string Password)? Credential { get; init; }

    /// <summary>For STARTTLS; null where it is not offered.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>The answer to a recipient; null takes them.</summary>
    public Func<string, string?> Recipient { get; init; } = _ => null;

    /// <summary>The answer to the mail itself; null takes it.</summary>
    public string? Mail { get; init; }

    /// <summary>How the answer to the first mail is lost, which is taken all the same; null where it is given.</summary>
    public WireFaultKind? Loses { get; init; }
}

/// <summary>A small SMTP server (RFC 5321, 3207, 4954) on loopback: what it takes it has, and hands on.</summary>
internal sealed class SmtpTestServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;

    public SmtpTestServer(SmtpBehaviour? behaviour = null, Action<MimeMessage>? taken = null)
    {
        Behaviour = behaviour ?? new SmtpBehaviour();
        Taken = taken ?? (_ => { });
        _listener.Start();
        _work = ListenAsync();
    }

    public SmtpBehaviour Behaviour { get; }

    public Action<MimeMessage> Taken { get; }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Every mail that was taken, oldest first.</summary>
    public ConcurrentQueue<MimeMessage> Mails { get; } = new();

    /// <summary>The commands as they came, without the mails and credentials.</summary>
    public ConcurrentQueue<string> Commands { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _work;
        _stop.Dispose();
    }

    private async Task ListenAsync()
    {
        var sessions = new List<Task>();
        try
        {
            while (true)
            {
                sessions.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(sessions);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await new SmtpSession(this, client.GetStream()).RunAsync(_stop.Token);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
            {
                // The client has gone, or would not have our certificate.
            }
        }
    }
}
