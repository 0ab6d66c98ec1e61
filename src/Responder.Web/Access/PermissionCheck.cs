using Microsoft.AspNetCore.Authorization;

namespace Responder.Web.Access;

/// <summary>Whether the caller has what the route names. A route that names nothing is for nobody.</summary>
internal sealed class PermissionCheck : AuthorizationHandler<PermissionCheck>, IAuthorizationRequirement
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionCheck requirement)
    {
        // No route at all, or routing's own answer to a wrong method: every route that is mapped names what it needs, or the server does not build.
        if (context.Resource is HttpContext { } unknown && unknown.GetEndpoint() is not RouteEndpoint)
        {
            context.Succeed(requirement);
        }
        else if (context.Resource is HttpContext http && http.GetEndpoint()?.Metadata.GetMetadata<RouteAccess>() is { Needs: { } needed })
        {
            var caller = Caller.Of(context.User);
            var source = http.GetRouteValue("source") as string;

            // A key that stands in an address may be seen by many: only one that can do nothing else is taken there.
            var allowed = http.Features.Get<Wire.AddressKey>() is null
                ? Scopes.Allow(caller.Scopes, needed, source)
                : source is not null && caller.Scopes.Count == 1 && caller.Scopes.Contains(Scopes.OfSource(source));
            if (allowed)
            {
                context.Succeed(requirement);
            }
        }

        return Task.CompletedTask;
    }
}
