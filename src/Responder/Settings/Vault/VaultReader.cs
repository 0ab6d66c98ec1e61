using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.Logging.Abstractions;
using Responder.Sdk.Entra;
using Responder.Sdk.Rest;

namespace Responder.Cli.Settings.Vault;

/// <summary>Reads a key vault by Azure's library, whose calls take the same way as all others: our sign-in, our tries, known hosts, a time limit.</summary>
internal static class VaultReader
{
    private const int AtOnce = 8;

    /// <summary>The vault's secrets that are settings of ours, by the setting's name. One that is disabled, or is out of its time, is left out.</summary>
    /// <param name="settings">Where, and how to sign in.</param>
    /// <param name="isOurs">True for the name of a setting.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="Sdk.ActionFailure">The sign-in was refused, the vault can't be reached, or the credential may not read it.</exception>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(VaultSettings settings, Func<string, bool> isOurs, TimeProvider time)
    {
        using var signIn = new EntraSignIn(settings.Entra, settings.Scope, time, NullLogger.Instance);
        using var rest = new RestConnection(
            new RestSettings { Product = "Azure Key Vault", BaseAddress = settings.Url, Auth = new TokenAuth(signIn.Tokens), CaFile = settings.Entra.CaFile, Concurrency = AtOnce }, new ODataDialect(), time, NullLogger.Instance);
        using var http = new HttpClient(new RestMessageHandler(rest)) { Timeout = Timeout.InfiniteTimeSpan };
        var client = new SecretClient(settings.Url, new OurWireSigns(), new SecretClientOptions { Transport = new HttpClientTransport(http), DisableChallengeResourceVerification = settings.Url.IsLoopback, Retry = { MaxRetries = 0 } });
        var (now, names) = (time.GetUtcNow(), new List<string>());
        await foreach (var secret in client.GetPropertiesOfSecretsAsync())
        {
            if (secret.Enabled != false && (secret.NotBefore is not { } from || from <= now) && (secret.ExpiresOn is not { } until || until > now) && isOurs(SettingOf(secret.Name)))
            {
                names.Add(secret.Name);
            }
        }

        var read = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var some in names.Chunk(AtOnce))
        {
            foreach (var secret in await Task.WhenAll(some.Select(name => client.GetSecretAsync(name))))
            {
                read[SettingOf(secret.Value.Name)] = secret.Value.Value;
            }
        }

        return read;
    }

    /// <summary>A vault's names are letters, digits and hyphens: two hyphens stand for a colon, one for an underscore.</summary>
    public static string SettingOf(string name) => name.Replace("--", ":", StringComparison.Ordinal).Replace('-', '_');

    /// <summary>The name that a setting has in a vault.</summary>
    public static string NameOf(string setting) => setting.Replace("_", "-", StringComparison.Ordinal).Replace(":", "--", StringComparison.Ordinal);

    /// <summary>The library wants a credential of its own; the wire below it has signed the call before it would be asked.</summary>
    private sealed class OurWireSigns : TokenCredential
    {
        public override Azure.Core.AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw Refused();

        public override ValueTask<Azure.Core.AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw Refused();

        private static Sdk.ActionFailure Refused() => new(Sdk.FailureKind.Unauthorized, "The vault wants another token than the one that it was shown.");
    }
}
