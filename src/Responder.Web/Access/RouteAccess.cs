using Microsoft.AspNetCore.Authorization;

namespace Responder.Web.Access;

/// <summary>What a route says of who may call it.</summary>
/// <param name="Needs">What is needed; null where anybody may call it.</param>
/// <param name="ByPassword">True where a browser may send the key as a password: only for pages that change nothing.</param>
/// <param name="IsPage">True for what a browser opens: people sign in there, keys are not taken.</param>
internal sealed record RouteAccess(Permission? Needs, bool ByPassword = false, bool IsPage = false);

/// <summary>How routes name what they need.</summary>
internal static class RouteAccessExtensions
{
    /// <summary>Only those with this permission may call it.</summary>
    public static T Needs<T>(this T route, Permission permission, bool byPassword = false)
        where T : IEndpointConventionBuilder => Names(route, new RouteAccess(permission, byPassword));

    /// <summary>Only people with this permission may call it, who are signed in at the pages.</summary>
    public static T NeedsPerson<T>(this T route, Permission permission)
        where T : IEndpointConventionBuilder => Names(route, new RouteAccess(permission, IsPage: true));

    private static T Names<T>(T route, RouteAccess access)
        where T : IEndpointConventionBuilder
    {
        // At the very last: a library's own route may come with leave for anybody.
        route.Finally(endpoint =>
        {
            foreach (var leave in endpoint.Metadata.OfType<IAllowAnonymous>().ToList())
            {
                endpoint.Metadata.Remove(leave);
            }

            endpoint.Metadata.Add(access);
            endpoint.Metadata.Add(new AuthorizeAttribute());
        });
        return route;
    }

    /// <summary>Anybody may call it: for health, which must answer before anything else does, and for signing in.</summary>
    public static T ForAnybody<T>(this T route, bool isPage = false)
        where T : IEndpointConventionBuilder
    {
        route.WithMetadata(new RouteAccess(null, IsPage: isPage), new AllowAnonymousAttribute());
        return route;
    }

    /// <summary>Routes that say nothing of who may call them.</summary>
    public static IEnumerable<string> Unnamed(IEndpointRouteBuilder routes) => routes.DataSources.SelectMany(source => source.Endpoints)
        .Where(endpoint => endpoint.Metadata.GetMetadata<RouteAccess>() is null)
        .Select(endpoint => endpoint.DisplayName ?? endpoint.ToString()!);

    /// <summary>Refuses routes that say nothing of who may call them.</summary>
    /// <param name="routes">The routes.</param>
    /// <exception cref="InvalidOperationException">There is one.</exception>
    public static void EnsureNamed(IEndpointRouteBuilder routes)
    {
        if (Unnamed(routes).ToList() is { Count: > 0 } unnamed)
        {
            throw new InvalidOperationException($"These routes do not say who may call them; each needs `.Needs(…)` or `.ForAnybody()`, a page `[Needs(…)]` or `[ForAnybody]`: {string.Join(", ", unnamed)}.");
        }
    }
}
