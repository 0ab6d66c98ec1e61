using Responder.Connectors.CrowdStrike.Falcon;
using Responder.Sdk;
using Responder.Sdk.Edr.LiveResponse;

namespace Responder.Connectors.CrowdStrike;

/// <summary>Says what a target is. Of a path and a process the host has the last word, in the script that acts.</summary>
internal sealed class CrowdStrikeDescriber(FalconHosts hosts) : ITargetDescriber
{
    public async Task<TargetFacts> DescribeAsync(TargetKind kind, string value, CancellationToken cancel)
    {
        if (kind != TargetKind.Host)
        {
            return ScriptTargets.Describe(kind, value, "Falcon");
        }

        var device = await hosts.GetAsync(value, cancel);
        var online = await hosts.OnlineAsync([device.DeviceId!], cancel);
        var details = new Dictionary<string, string?>
        {
            ["os"] = device.OsVersion,
            ["ip"] = device.LocalIp,
            ["online"] = online.GetValueOrDefault(device.DeviceId!) switch { "online" => "yes", "offline" => "no", _ => "unknown" },
            ["isolation"] = device.Isolation,
            ["last_user"] = device.LastLoginUser,
        };
        return new TargetFacts(
            kind, device.DeviceId!, [device.Hostname ?? device.DeviceId!], device.PlainTags, device.ProductTypeDesc, device.Groups ?? [], device.Email,
            details.Where(detail => detail.Value is not null).ToDictionary(detail => detail.Key, detail => detail.Value!));
    }
}
