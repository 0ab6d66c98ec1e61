using Responder.Hosting.Intake;
using Responder.Storage;
using Responder.Web.Access;

namespace Responder.Web.Wire;

/// <summary>
/// While the store can't write, what would write is refused at once with 503: the writer would hold on to it until the disk takes it, and what its sender had given up
/// would be done then all the same. Before sign-in, which reads the store: that may be what does not answer. Anybody may ask /readyz the same.
/// </summary>
internal sealed class StoreGate(RequestDelegate next, IStore store)
{
    // These post only because what they are asked is long.
    private static readonly Permission[] Looks = [Permission.ReadPlaybooks, Permission.PlanRuns, Permission.CheckConnectors];

    public Task InvokeAsync(HttpContext context) =>
        store.Health is { CanWrite: false } health && Writes(context) ? throw new StoreUnavailableException(health.Reason) : next(context);

    private static bool Writes(HttpContext context) =>
        !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method)
        && context.GetEndpoint()?.Metadata.GetMetadata<RouteAccess>() is { Needs: { } needs, IsPage: false } && !Looks.Contains(needs);
}
