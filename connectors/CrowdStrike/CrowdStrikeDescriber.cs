using Responder.Connectors.CrowdStrike.Falcon;
using Responder.Sdk;
using Responder.Sdk.Edr;
using Responder.Sdk.Edr.LiveResponse;

namespace Responder.Connectors.CrowdStrike;

/// <summary>Says what a target is. Of a path and a process the host has the last word, in the script that acts.</summary>
internal sealed class CrowdStrikeDescriber(FalconHosts hosts) : ITargetDescriber
{
    public async Task<TargetFacts> DescribeAsync(TargetKind kind, string value, CancellationToken cancel)
    {
        switch (kind)
        {
            case TargetKind.Host:
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
            case TargetKind.Path:
                var path = value.StartsWith('/') ? HostPath.Normal(Posix, value) : WindowsPath.Normal(value);
                return new TargetFacts(kind, path, [value], []);
            case TargetKind.Process:
                return new TargetFacts(kind, value, [value], []);
            default:
                throw new ActionFailure(FailureKind.Invalid, $"Falcon knows no target of the kind {kind}.");
        }
    }

    private static ScriptHost Posix { get; } = new(string.Empty, string.Empty, IsWindows: false);
}
