using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Responder.Sdk.Rest;

/// <summary>The sockets under a connection: no redirects, no cookies, no proxy of the environment.</summary>
internal static class Sockets
{
    public static SocketsHttpHandler Make(RestSettings settings)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = settings.Proxy is not null,
            Proxy = settings.Proxy is null ? null : new WebProxy(settings.Proxy),
            AutomaticDecompression = DecompressionMethods.All,
            ActivityHeadersPropagator = null,
            MaxConnectionsPerServer = Math.Max(settings.Concurrency, 4),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = TimeSpan.FromSeconds(10),
            ConnectCallback = settings.Connect,
        };
        if (settings.CaFile is { } file)
        {
            var own = new X509Certificate2Collection();
            own.ImportFromPemFile(file);
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) => Trusted(certificate, chain, errors, own);
        }

        return handler;
    }

    /// <summary>What the system trusts, and what leads to an authority of the file. The name must fit either way.</summary>
    private static bool Trusted(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors, X509Certificate2Collection own)
    {
        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 leaf)
        {
            return false;
        }

        using var again = new X509Chain();
        again.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        again.ChainPolicy.CustomTrustStore.AddRange(own);
        again.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (chain is not null)
        {
            again.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
        }

        return again.Build(leaf);
    }
}
