using Microsoft.Extensions.Configuration;
using Responder.Sdk;
using Responder.Sdk.Entra;
using Responder.Sdk.Rest;

namespace Responder.Connectors.Sentinel;

/// <summary>The settings of one connection, checked at start.</summary>
/// <param name="Entra">The app that signs in.</param>
/// <param name="BaseUrl">Azure's management API.</param>
/// <param name="Scope">What a token is for.</param>
/// <param name="Workspace">The workspace's path below the management API.</param>
/// <param name="Timeout">Of a call.</param>
internal sealed record SentinelSettings(EntraSettings Entra, Uri BaseUrl, string Scope, string Workspace, TimeSpan Timeout)
{
    private static readonly Dictionary<string, string> Clouds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["global"] = "https://management.azure.com",
        ["us_gov"] = "https://management.usgovcloudapi.net",
    };

    public static SentinelSettings Read(IConfigurationSection settings)
    {
        settings.OnlyKnows([.. EntraSettings.Names, "Cloud", "BaseUrl", "SubscriptionId", "ResourceGroup", "Workspace", "TimeoutSeconds"]);
        var (authority, azure) = EntraCloud.Read(settings, Clouds);
        var url = settings.Address("BaseUrl", azure);
        if (!url.IsLoopback && !Clouds.ContainsValue(url.GetLeftPart(UriPartial.Authority)))
        {
            throw new SettingsException($"{settings.Path}:BaseUrl", $"'{url.Host}' is none of Azure's management APIs; leave it out, or set Cloud.");
        }

        var subscription = settings.Required("SubscriptionId", "the id of the subscription that the workspace is in");
        var (group, workspace) = (settings.Required("ResourceGroup", "the resource group that the workspace is in"), settings.Required("Workspace", "the name of the Log Analytics workspace"));
        return new SentinelSettings(
            EntraSettings.Read(settings, authority), url, azure + "/.default",
            $"subscriptions/{Uri.EscapeDataString(subscription)}/resourceGroups/{Uri.EscapeDataString(group)}/providers/Microsoft.OperationalInsights/workspaces/{Uri.EscapeDataString(workspace)}",
            settings.Seconds("TimeoutSeconds", 60));
    }
}
