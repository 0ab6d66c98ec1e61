using System.Net.Security;
using System.Text;
using MimeKit;
using Responder.Sdk.Emulation;

namespace Responder.Connectors.Mail.Tests.Server;

/// <summary>One talk with one client.</summary>
internal sealed class SmtpSession(SmtpTestServer server, Stream stream)
{
    private Stream _stream = stream;
    private bool _secure;
    private bool _signedIn;
    private bool _sender;
    private int _recipients;

    public async Task RunAsync(CancellationToken cancel)
    {
        await SayAsync("220 mail.test ESMTP", cancel);
        while (await ReadLineAsync(cancel) is { } line)
        {
            var verb = line.Split(' ')[0].ToUpperInvariant();
            server.Commands.Enqueue(verb == "AUTH" ? "AUTH" : line);
            if (!await AnswerAsync(verb, line, cancel))
            {
                return;
            }
        }
    }

    private async Task<bool> AnswerAsync(string verb, string line, CancellationToken cancel)
    {
        switch (verb)
        {
            case "EHLO" or "HELO":
                var tls = server.Behaviour.Certificate is not null && !_secure ? "250-STARTTLS\r\n" : string.Empty;
                await SayAsync($"250-mail.test\r\n{tls}{(server.Behaviour.Credential is null ? string.Empty : "250-AUTH PLAIN\r\n")}250 8BITMIME", cancel);
                break;
            case "STARTTLS":
                await SayAsync("220 go ahead", cancel);
                var secure = new SslStream(_stream);
                await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = server.Behaviour.Certificate }, cancel);
                (_stream, _secure) = (secure, true);
                break;
            case "AUTH":
                _signedIn = IsRight(line);
                await SayAsync(_signedIn ? "235 ok" : "535 5.7.8 wrong", cancel);
                break;
            case "MAIL" when server.Behaviour.Credential is not null && !_signedIn:
                await SayAsync("530 5.7.0 sign in first", cancel);
                break;
            case "MAIL":
                (_sender, _recipients) = (true, 0);
                await SayAsync("250 ok", cancel);
                break;
            case "RCPT" when _sender:
                var refusal = server.Behaviour.Recipient(line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)]);
                _recipients += refusal is null ? 1 : 0;
                await SayAsync(refusal ?? "250 ok", cancel);
                break;
            case "DATA" when _recipients > 0:
                return await DataAsync(cancel);
            case "RSET" or "NOOP":
                await SayAsync("250 ok", cancel);
                break;
            case "QUIT":
                await SayAsync("221 bye", cancel);
                return false;
            default:
                await SayAsync("503 5.5.1 not now", cancel);
                break;
        }

        return true;
    }

    private async Task<bool> DataAsync(CancellationToken cancel)
    {
        await SayAsync("354 end with a dot", cancel);
        using var mail = new MemoryStream();
        while (await ReadLineAsync(cancel) is { } line && line != ".")
        {
            mail.Write(Encoding.Latin1.GetBytes((line.StartsWith('.') ? line[1..] : line) + "\r\n"));
        }

        if (server.Behaviour.Mail is { } refusal)
        {
            await SayAsync(refusal, cancel);
            return true;
        }

        mail.Position = 0;
        var message = await MimeMessage.LoadAsync(mail, cancel);
        server.Mails.Enqueue(message);
        server.Taken(message);
        switch (server.Mails.Count == 1 ? server.Behaviour.Loses : null)
        {
            case WireFaultKind.DropAfterDoing:
                return false;
            case WireFaultKind.HangAfterDoing:
                await Task.Delay(Timeout.InfiniteTimeSpan, cancel);
                break;
        }

        await SayAsync("250 2.0.0 taken", cancel);
        return true;
    }

    private bool IsRight(string line) => line.Split(' ') is [_, "PLAIN", var sent] && server.Behaviour.Credential is var (user, password)
        && Encoding.UTF8.GetString(Convert.FromBase64String(sent)).Split('\0') is [_, var givenUser, var givenPassword] && givenUser == user && givenPassword == password;

    private async Task SayAsync(string answer, CancellationToken cancel)
    {
        await _stream.WriteAsync(Encoding.ASCII.GetBytes(answer + "\r\n"), cancel);
        await _stream.FlushAsync(cancel);
    }

    private async Task<string?> ReadLineAsync(CancellationToken cancel)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await _stream.ReadAsync(one, cancel) == 1)
        {
            if (one[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)one[0]);
        }

        return null;
    }
}
