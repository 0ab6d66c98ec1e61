using Orleans.Dashboard;
using Responder.Web.Access;

namespace Responder.Web.Server;

/// <summary>Orleans's own dashboard at <c>/orleans/</c>, for admins: the cluster's nodes, the runs that each has, calls between them. It changes nothing. Its files lie in its assembly.</summary>
internal static class Dashboard
{
    private const string Path = "/orleans";

    /// <summary>Lets each node of the cluster count for it. Not its log: what is logged may quote alerts, and is the business of who reads the node's own.</summary>
    public static void Add(ISiloBuilder silo) => silo.AddDashboard(options => options.HideTrace = true);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapOrleansDashboard(Path).ExcludeFromDescription().Needs(Permission.ReadCluster, byPassword: true);

    /// <summary>True for its addresses: a page with files of the server's own.</summary>
    public static bool IsAt(PathString path) => path.StartsWithSegments(Path, StringComparison.Ordinal);
}
