using Microsoft.Extensions.Configuration;

namespace Responder.Sdk.Entra;

/// <summary>Microsoft's clouds, by the word of the setting <c>Cloud</c>.</summary>
public static class EntraCloud
{
    private static readonly Dictionary<string, string> Authorities = new(StringComparer.OrdinalIgnoreCase)
    {
        ["global"] = "https://login.microsoftonline.com/",
        ["us_gov"] = "https://login.microsoftonline.us/",
        ["us_dod"] = "https://login.microsoftonline.us/",
        ["china"] = "https://login.chinacloudapi.cn/",
    };

    /// <summary>The connection's cloud: its sign-in, and what the connector has for it.</summary>
    /// <param name="settings">The connection's section.</param>
    /// <param name="products">The product's address in each cloud where it is.</param>
    /// <exception cref="SettingsException">There is no such cloud, or the product is not in it.</exception>
    public static (string Authority, string Product) Read(IConfigurationSection settings, IReadOnlyDictionary<string, string> products)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(products);
        var cloud = settings["Cloud"] is { Length: > 0 } said ? said.ToLowerInvariant() : "global";
        return products.TryGetValue(cloud, out var product) ? (Authorities[cloud], product) : throw new SettingsException($"{settings.Path}:Cloud", $"is '{cloud}'; it takes {string.Join(", ", products.Keys)}.");
    }
}
