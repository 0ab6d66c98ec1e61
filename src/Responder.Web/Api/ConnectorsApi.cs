using Microsoft.AspNetCore.Http.HttpResults;
using Responder.Engine.Runs;
using Responder.Hosting;
using Responder.Hosting.Connections;
using Responder.Sdk;
using Responder.Web.Access;
using Responder.Web.Wire;

namespace Responder.Web.Api;

/// <summary><c>/api/connectors</c>: the connections and what they serve.</summary>
internal static class ConnectorsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var connectors = routes.MapGroup("/api/connectors").WithTags("connectors");
        connectors.MapGet("", List).WithName("list_connectors").WithSummary("The connections and what they serve.").Needs(Permission.ReadConnectors);
        connectors.MapPost("/{id}/check", CheckAsync).WithName("check_connector").WithSummary("Signs in to a connection's product and says which of its actions are allowed.")
            .ProducesProblem(StatusCodes.Status404NotFound).Needs(Permission.CheckConnectors);
    }

    private static Ok<ConnectorList> List(ResponderNode node) => TypedResults.Ok(new ConnectorList(
        node.Connections.Mode, [.. node.Connections.All.OrderBy(one => one.Name, StringComparer.Ordinal).Select(one => ConnectionView.Of(one, node.Connections.Calls(one.Name)))]));

    private static async Task<Results<Ok<Health>, ProblemHttpResult>> CheckAsync(string id, ResponderNode node, CancellationToken cancel) => node.Connections.Named(id) is null
        ? Problems.NotFound($"There is no connection '{id}'; there are {string.Join(", ", node.Connections.All.Select(one => one.Name))}.")
        : TypedResults.Ok(await node.Connections.CheckAsync(id, cancel));
}

/// <summary>The connections.</summary>
/// <param name="Mode"><c>mock</c> or <c>configured</c>.</param>
/// <param name="Items">Each of them.</param>
internal sealed record ConnectorList(string Mode, IReadOnlyList<ConnectionView> Items);

/// <summary>A connection.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Connector">Its connector.</param>
/// <param name="Capabilities">What it serves.</param>
/// <param name="Actions">Each action.</param>
/// <param name="Calls">What its calls came to since this node began.</param>
internal sealed record ConnectionView(string Id, string Connector, IReadOnlyList<string> Capabilities, IReadOnlyList<string> Actions, CallFigures Calls)
{
    public static ConnectionView Of(Connection one, CallFigures calls) => new(
        one.Name, one.Connector, [.. one.Actions.Keys.Select(action => action.Split('.')[0]).Distinct().Order(StringComparer.Ordinal)], [.. one.Actions.Keys.Order(StringComparer.Ordinal)], calls);
}
