using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace Responder.Hosting.Cluster;

/// <summary>Puts the node into a cluster: a silo of Orleans, whose members are in the database of the store. Runs' journals stay the store's; Orleans only says which node has a run.</summary>
public static class ClusterSetup
{
    // A node that is starved of processor time must not be voted dead: it would end itself. A killed one is known sooner, because its port refuses.
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(3);
    private const int MissedProbes = 3;

    /// <summary>Adds the silo. It joins before anything that is added later starts, and leaves after it.</summary>
    /// <param name="builder">The host that is being built.</param>
    /// <param name="node">The node.</param>
    /// <param name="settings">How it meets the others.</param>
    /// <param name="more">What else the silo gets.</param>
    public static void Add(IHostApplicationBuilder builder, ResponderNode node, ClusterSettings settings, Action<ISiloBuilder> more)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(more);
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (settings.Name, settings.Name));

            // A run's row names its owner by this name, so that the members are the owners who live.
            silo.Configure<SiloOptions>(options => options.SiloName = node.Services.Owner);
            silo.Configure<ClusterMembershipOptions>(options =>
            {
                options.ProbeTimeout = Probe;
                options.NumMissedProbesLimit = MissedProbes;
                options.TableRefreshTimeout = TimeSpan.FromSeconds(5);
            });
            silo.Configure<EndpointOptions>(options =>
            {
                options.AdvertisedIPAddress = settings.Address;
                options.SiloPort = settings.Port;
                options.GatewayPort = 0;
            });
            silo.UseAdoNetClustering(options =>
            {
                options.Invariant = "Npgsql";
                options.ConnectionString = settings.ConnectionString;
            });
            more(silo);
        });
        builder.Services.AddHostedService<ClusterJoin>();
    }
}
