using Responder.Connectors.Defender.Client;
using Responder.Sdk;
using Responder.Sdk.Edr.LiveResponse;

namespace Responder.Connectors.Defender;

/// <summary>Says what a machine is. Defender does not say which server is a domain controller: a machine tag must.</summary>
internal sealed class DefenderDescriber(Machines machines, MachineActions actions) : ITargetDescriber
{
    public async Task<TargetFacts> DescribeAsync(TargetKind kind, string value, CancellationToken cancel)
    {
        if (kind != TargetKind.Host)
        {
            return ScriptTargets.Describe(kind, value, "Defender for Endpoint");
        }

        var machine = await machines.GetAsync(value, cancel);
        var (state, _) = await actions.IsolationAsync(machine.Id!, cancel);
        var details = new Dictionary<string, string?>
        {
            ["os"] = machine.OsPlatform, ["ip"] = machine.LastIpAddress, ["health"] = machine.HealthStatus, ["isolation"] = state, ["risk"] = machine.RiskScore,
            ["last_seen"] = machine.LastSeen is { } seen ? Json.Time(seen) : null,
        };
        string[] groups = machine.RbacGroupName is { Length: > 0 } group ? [group] : [];
        return new TargetFacts(
            kind, machine.Id!, [machine.Hostname, machine.ComputerDnsName ?? machine.Hostname], machine.MachineTags ?? [], machine.Role, groups, null,
            details.Where(detail => detail.Value is not null).ToDictionary(detail => detail.Key, detail => detail.Value!));
    }
}
