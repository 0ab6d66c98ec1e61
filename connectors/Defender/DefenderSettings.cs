using Microsoft.Extensions.Configuration;
using Responder.Sdk;
using Responder.Sdk.Entra;
using Responder.Sdk.Rest;

namespace Responder.Connectors.Defender;

/// <summary>The settings of one connection, checked at start.</summary>
internal sealed record DefenderSettings(EntraSettings Entra, Uri BaseUrl, string Scope, TimeSpan Timeout)
{
    private static readonly Dictionary<string, string> Clouds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["global"] = "https://api.security.microsoft.com",
        ["us_gov"] = "https://api-gov.securitycenter.microsoft.us",
    };

    /// <summary>The resource that a token is for; its name is older than the host's.</summary>
    private static readonly Dictionary<string, string> Resources = new(StringComparer.OrdinalIgnoreCase)
    {
        ["https://api.security.microsoft.com"] = "https://api.securitycenter.microsoft.com",
        ["https://api-gov.securitycenter.microsoft.us"] = "https://api-gov.securitycenter.microsoft.us",
    };

    private static readonly string[] Hosts = [".api.security.microsoft.com", "api.security.microsoft.com", "api.securitycenter.microsoft.com", "api-gov.securitycenter.microsoft.us", "api-gcc.securitycenter.microsoft.us"];

    public static DefenderSettings Read(IConfigurationSection settings)
    {
        settings.OnlyKnows([.. EntraSettings.Names, "Cloud", "BaseUrl", "TimeoutSeconds"]);
        var (authority, defender) = EntraCloud.Read(settings, Clouds);
        var url = settings.Address("BaseUrl", defender);
        if (!url.IsLoopback && !Hosts.Any(host => host.StartsWith('.') ? url.Host.EndsWith(host, StringComparison.OrdinalIgnoreCase) : url.Host.Equals(host, StringComparison.OrdinalIgnoreCase)))
        {
            throw new SettingsException($"{settings.Path}:BaseUrl", $"'{url.Host}' is none of Defender's hosts; it takes one such as https://eu.api.security.microsoft.com.");
        }

        return new DefenderSettings(EntraSettings.Read(settings, authority), url, Resources[defender] + "/.default", settings.Seconds("TimeoutSeconds", 60));
    }
}
