using Microsoft.Extensions.Configuration;
using Responder.Connectors.CrowdStrike.Falcon;
using Responder.Sdk;
using Responder.Sdk.Rest;

namespace Responder.Connectors.CrowdStrike;

/// <summary>The settings of one connection, checked at start.</summary>
internal sealed record CrowdStrikeSettings(Uri BaseUrl, string ClientId, Secret ClientSecret, string? MemberCid, string? CaFile, TimeSpan Timeout, bool Scripts, bool UnverifiedPaths)
{
    public static CrowdStrikeSettings Read(IConfigurationSection settings)
    {
        settings.OnlyKnows("Cloud", "BaseUrl", "ClientId", "ClientSecret", "MemberCid", "CaFile", "TimeoutSeconds", "Scripts", "UnverifiedPaths");
        var cloud = settings["Cloud"] ?? "us-1";
        var address = FalconClouds.Named(cloud) ?? throw new SettingsException($"{settings.Path}:Cloud", $"is '{cloud}'; it takes {string.Join(", ", FalconClouds.Names)}.");
        var url = settings.Address("BaseUrl", address.ToString());
        if (!url.IsLoopback && FalconClouds.At(url) is null)
        {
            throw new SettingsException($"{settings.Path}:BaseUrl", $"'{url.Host}' is none of Falcon's clouds; name one of {string.Join(", ", FalconClouds.Names)} in Cloud.");
        }

        return new CrowdStrikeSettings(
            url,
            settings.Required("ClientId", "the API client's id (Falcon console: Support and resources, API clients and keys)"),
            settings.RequiredSecret("ClientSecret", "the API client's secret"),
            settings["MemberCid"],
            settings.ExistingFile("CaFile"),
            settings.Seconds("TimeoutSeconds", 60),
            settings.Flag("Scripts", true),
            settings["UnverifiedPaths"] switch
            {
                null or "" or "refuse" => false,
                "allow" => true,
                var other => throw new SettingsException($"{settings.Path}:UnverifiedPaths", $"is '{other}'; it takes refuse or allow."),
            });
    }
}
