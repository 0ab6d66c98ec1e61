using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using MailKit.Net.Smtp;
using MimeKit;
using Responder.Sdk;

namespace Responder.Connectors.Mail.Smtp;

/// <summary>Talks to the server: a connection for each mail, and none kept.</summary>
internal sealed class SmtpSender(MailSettings settings, TimeProvider time)
{
    private readonly ConnectionBreaker _breaker = new($"{settings.Host}:{settings.Port}", time, calls: 5, TimeSpan.FromMinutes(2));

    /// <summary>Sends one mail. The server is reached and signed in to first, so that the last gate stands right before the mail itself.</summary>
    public async Task SendAsync(MimeMessage message, ActionContext context)
    {
        using var client = await OpenAsync(context.Cancel);
        await context.ConfirmMayActAsync();
        try
        {
            await client.SendAsync(message, context.Cancel);
        }
        catch (Exception exception) when (exception is not ActionFailure)
        {
            throw SmtpFailures.OfSending(exception);
        }

        await CloseAsync(client);
    }

    /// <summary>Reaches the server and signs in; says what it called itself.</summary>
    public async Task<string> TryAsync(CancellationToken cancel)
    {
        using var client = await OpenAsync(cancel);
        try
        {
            await client.NoOpAsync(cancel);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw SmtpFailures.OfOpening(exception, settings);
        }

        var how = client.IsSecure ? client.SslProtocol.ToString() : "no TLS";
        await CloseAsync(client);
        return $"{settings.Host}:{settings.Port}, {how}, {(settings.User is null ? "without sign-in" : $"signed in as {settings.User}")}.";
    }

    private async Task<SmtpClient> OpenAsync(CancellationToken cancel) => await _breaker.GuardAsync(ReachAsync, cancel);

    private async ValueTask<SmtpClient> ReachAsync(CancellationToken cancel)
    {
        var client = new SmtpClient { Timeout = (int)settings.Timeout.TotalMilliseconds, CheckCertificateRevocation = settings.TrustedRoots is null };
        if (settings.TrustedRoots is { } roots)
        {
            client.ServerCertificateValidationCallback = (_, certificate, _, errors) => IsTrusted(certificate, errors, roots);
        }

        try
        {
            await client.ConnectAsync(settings.Host, settings.Port, settings.Security, cancel);
            if (settings is { User: { } user, Password: { } password })
            {
                await client.AuthenticateAsync(user, password.Reveal(), cancel);
            }

            return client;
        }
        catch (Exception exception)
        {
            client.Dispose();
            throw exception is OperationCanceledException ? exception : SmtpFailures.OfOpening(exception, settings);
        }
    }

    /// <summary>The mail was taken: a server that hangs up without a good-bye changes nothing.</summary>
    private static async Task CloseAsync(SmtpClient client)
    {
        try
        {
            await client.DisconnectAsync(quit: true, CancellationToken.None);
        }
        catch (Exception exception) when (exception is IOException or SmtpProtocolException or SmtpCommandException or TimeoutException)
        {
            client.Dispose();
        }
    }

    private static bool IsTrusted(X509Certificate? certificate, SslPolicyErrors errors, X509Certificate2Collection roots)
    {
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
        {
            return false;
        }

        using var own = new X509Certificate2(certificate);
        using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck } };
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        return chain.Build(own);
    }
}
