using Responder.Sdk.Edr;
using Responder.Sdk.Edr.LiveResponse;

namespace Responder.Connectors.CrowdStrike.Falcon;

/// <summary>Falcon's envelope, as far as it is read.</summary>
internal sealed record FalconEnvelope<T>(IReadOnlyList<T>? Resources);

/// <summary>A host as Falcon describes it. Only the id is certain.</summary>
internal sealed record FalconDevice(
    string? DeviceId, string? Hostname, string? LocalIp, string? OsVersion, string? PlatformName, string? ProductTypeDesc, string? Status, DateTimeOffset? LastSeen,
    IReadOnlyList<string>? Tags, string? Email, string? LastLoginUser, string? MachineDomain, IReadOnlyList<string>? Groups, DateTimeOffset? ModifiedTimestamp)
{
    private static readonly string[] TagKinds = ["FalconGroupingTags/", "SensorGroupingTags/"];

    public bool IsWindows => PlatformName is null or "Windows";

    /// <summary>As scripts and commands are run on it.</summary>
    public ScriptHost Scripted => new(DeviceId!, Hostname ?? DeviceId!, IsWindows);

    /// <summary>Falcon's status in the capability's words.</summary>
    public string Isolation => Status switch
    {
        "contained" => "isolated",
        "containment_pending" => "pending",
        "lift_containment_pending" => "release_pending",
        _ => "normal",
    };

    /// <summary>Tags without the prefix that says who gave them.</summary>
    public IReadOnlyList<string> PlainTags => [.. (Tags ?? []).Select(tag => TagKinds.FirstOrDefault(kind => tag.StartsWith(kind, StringComparison.Ordinal)) is { } kind ? tag[kind.Length..] : tag)];

    public HostFound View(bool online) => new(DeviceId!, Hostname ?? DeviceId!, LocalIp, OsVersion, ProductTypeDesc, online, Isolation, LastSeen, PlainTags, Email ?? LastLoginUser);
}
