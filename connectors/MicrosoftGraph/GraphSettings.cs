using Microsoft.Extensions.Configuration;
using Responder.Sdk;
using Responder.Sdk.Entra;
using Responder.Sdk.Rest;

namespace Responder.Connectors.MicrosoftGraph;

/// <summary>The settings of one connection, checked at start.</summary>
internal sealed record GraphSettings(EntraSettings Entra, Uri BaseUrl, string Scope, TimeSpan Timeout, IReadOnlyDictionary<string, IReadOnlyList<string>> Tags, IReadOnlyList<string> PrivilegedGroups)
{
    private static readonly Dictionary<string, string> Clouds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["global"] = "https://graph.microsoft.com",
        ["us_gov"] = "https://graph.microsoft.us",
        ["us_dod"] = "https://dod-graph.microsoft.us",
        ["china"] = "https://microsoftgraph.chinacloudapi.cn",
    };

    public static GraphSettings Read(IConfigurationSection settings)
    {
        settings.OnlyKnows([.. EntraSettings.Names, "Cloud", "BaseUrl", "TimeoutSeconds", "Tags", "PrivilegedGroups"]);
        var (authority, graph) = EntraCloud.Read(settings, Clouds);
        var url = settings.Address("BaseUrl", graph + "/v1.0/");
        if (!url.IsLoopback && !Clouds.ContainsValue(url.GetLeftPart(UriPartial.Authority)))
        {
            throw new SettingsException($"{settings.Path}:BaseUrl", $"'{url.Host}' is none of Graph's hosts; name one of {string.Join(", ", Clouds.Keys)} in Cloud.");
        }

        var tags = settings.GetSection("Tags");
        return new GraphSettings(
            EntraSettings.Read(settings, authority), url, graph + "/.default", settings.Seconds("TimeoutSeconds", 30),
            tags.GetChildren().ToDictionary(tag => tag.Key, tag => tags.Texts(tag.Key)), settings.Texts("PrivilegedGroups"));
    }
}
