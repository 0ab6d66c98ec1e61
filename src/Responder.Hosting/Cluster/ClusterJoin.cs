using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Responder.Hosting.Cluster;

/// <summary>Once the silo is a member, the node's runs are told and woken by way of the cluster, and the sweep knows which owners live.</summary>
internal sealed class ClusterJoin(ResponderNode node, IGrainFactory grains, IClusterMembershipService members, ILoggerFactory logs) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        node.Join(new ClusterRunHost(grains, logs.CreateLogger("Responder.Cluster")), Live);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // A member that is leaving still has its runs. Where this node does not see itself it knows too little to take anything from anybody.
    private List<string>? Live()
    {
        var live = members.CurrentSnapshot.Members.Values
            .Where(member => member.Status is SiloStatus.Joining or SiloStatus.Active or SiloStatus.ShuttingDown or SiloStatus.Stopping).Select(member => member.Name).ToList();
        return live.Contains(node.Services.Owner) ? live : null;
    }
}
