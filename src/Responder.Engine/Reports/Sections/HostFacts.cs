using Responder.Engine.Reports.Trace;

namespace Responder.Engine.Reports;

/// <summary>A host that the alert names or the run found.</summary>
/// <param name="Name">Its name, else its address or id.</param>
/// <param name="Id">The EDR's id.</param>
/// <param name="Ip">Its address.</param>
/// <param name="Os">Its operating system.</param>
/// <param name="Role">What it is: <c>Workstation</c>, <c>Server</c>.</param>
/// <param name="Owner">Who uses it.</param>
public sealed record HostFacts(string Name, string? Id, string? Ip, string? Os, string? Role, string? Owner)
{
    private const int Most = 50;

    internal static IReadOnlyList<HostFacts> All(RunFacts facts)
    {
        var hosts = new Dictionary<string, HostFacts>(StringComparer.OrdinalIgnoreCase);
        var alert = facts.Trace.Alert;
        var named = alert["devices"].Items.Prepend(alert["device"]);
        var found = facts.Trace.Done("edr.find_host").Select(step => step.Out);
        foreach (var (source, surely) in named.Select(host => (host, false)).Concat(found.Select(host => (host, true))))
        {
            if ((source["hostname"].Text ?? source["ip"].Text ?? source["id"].Text) is not { } name)
            {
                continue;
            }

            // An alert may name a host with its domain, the EDR without: the same host.
            var key = System.Net.IPAddress.TryParse(name, out _) ? name : name.Split('.')[0];
            var known = hosts.GetValueOrDefault(key);
            hosts[key] = new HostFacts(
                surely ? name : known?.Name ?? name,
                source["id"].Text ?? known?.Id,
                source["ip"].Text ?? known?.Ip,
                source["os"].Text ?? known?.Os,
                source["role"].Text ?? known?.Role,
                source["owner"].Text ?? known?.Owner);
        }

        return [.. hosts.Values.Take(Most)];
    }
}
