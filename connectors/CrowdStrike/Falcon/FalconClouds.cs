namespace Responder.Connectors.CrowdStrike.Falcon;

/// <summary>Falcon's clouds. A credential goes to these and nowhere else, whatever an answer's Location says.</summary>
internal static class FalconClouds
{
    private static readonly Dictionary<string, Uri> All = new(StringComparer.OrdinalIgnoreCase)
    {
        ["us-1"] = new("https://api.crowdstrike.com/"),
        ["us-2"] = new("https://api.us-2.crowdstrike.com/"),
        ["us-3"] = new("https://api.us-3.crowdstrike.com/"),
        ["eu-1"] = new("https://api.eu-1.crowdstrike.com/"),
        ["us-gov-1"] = new("https://api.laggar.gcw.crowdstrike.com/"),
        ["us-gov-2"] = new("https://api.us-gov-2.crowdstrike.mil/"),
    };

    public static IEnumerable<string> Names => All.Keys;

    public static IReadOnlyList<string> Hosts => [.. All.Values.Select(cloud => cloud.Host)];

    /// <summary>A cloud by its region's name; null where there is none.</summary>
    public static Uri? Named(string? region) => region is not null && All.TryGetValue(region, out var cloud) ? cloud : null;

    /// <summary>Our own address of the cloud that an address is of; null where it is of none.</summary>
    public static Uri? At(Uri address) =>
        address is { IsAbsoluteUri: true, IsDefaultPort: true } && address.Scheme == Uri.UriSchemeHttps ? All.Values.FirstOrDefault(cloud => cloud.Host == address.Host) : null;
}
