using Responder.Sdk;
using Responder.Sdk.Entra;
using Responder.Sdk.Rest;

namespace Responder.Cli.Settings.Vault;

/// <summary>Where the key vault is, and how the program signs in to it.</summary>
/// <param name="Url">The vault's address.</param>
/// <param name="Scope">What a token for it is for.</param>
/// <param name="Entra">The credential, as for every connection to Microsoft's services.</param>
internal sealed record VaultSettings(Uri Url, string Scope, EntraSettings Entra)
{
    /// <summary>The section at the top of the settings.</summary>
    public const string Section = "KeyVault";

    private static readonly Dictionary<string, string> Clouds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["global"] = "vault.azure.net",
        ["us_gov"] = "vault.usgovcloudapi.net",
        ["china"] = "vault.azure.cn",
    };

    /// <summary>Reads them.</summary>
    /// <exception cref="SettingsException">One is missing or wrong.</exception>
    public static VaultSettings Read(IConfigurationSection settings)
    {
        settings.OnlyKnows([.. EntraSettings.Names, "Url", "Cloud"]);
        var (authority, domain) = EntraCloud.Read(settings, Clouds);
        var url = settings.Address("Url");
        return url.IsLoopback || (url.Scheme == Uri.UriSchemeHttps && url.Host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase))
            ? new VaultSettings(url, $"https://{domain}/.default", EntraSettings.Read(settings, authority))
            : throw new SettingsException($"{settings.Path}:Url", $"'{url.Host}' is no key vault of Azure; it takes an address such as https://company.{domain}.");
    }
}
