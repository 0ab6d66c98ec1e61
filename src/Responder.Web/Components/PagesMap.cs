using System.Reflection;
using Microsoft.AspNetCore.Components.Endpoints;
using Responder.Web.Access;
using Responder.Web.Server;

namespace Responder.Web.Components;

/// <summary>The pages' routes, made when somebody first asks for a page. Each page names what it needs; the hub that live pages are served through needs somebody who may see runs.</summary>
internal static class PagesMap
{
    private const string Hub = "_blazor";

    // What machines ask for, at any rate: none of it is a page.
    private static readonly PathString[] NoPages = ["/api", "/healthz", "/readyz", "/openapi", "/docs"];

    public static void Map(WebApplication app) => ((IEndpointRouteBuilder)app).DataSources.Add(app.Services.GetRequiredService<LateRoutes>());

    /// <summary>Before calls are routed: has the pages' routes made for the first that may be for a page.</summary>
    public static void UseLate(WebApplication app)
    {
        var pages = app.Services.GetRequiredService<LateRoutes>();
        app.Use((context, next) =>
        {
            if (!NoPages.Any(path => context.Request.Path.StartsWithSegments(path)))
            {
                pages.Make();
            }

            return next(context);
        });
    }

    /// <summary>Makes them.</summary>
    public static void Make(IEndpointRouteBuilder routes)
    {
        IEndpointConventionBuilder pages = routes.MapRazorComponents<App>().AddInteractiveServerRenderMode(mode =>
        {
            // The whole policy is set for every answer, this part of it too.
            mode.ContentSecurityFrameAncestorsPolicy = null;
            mode.DisableWebSocketCompression = true;
        });
        pages.Finally(Name);
    }

    /// <summary>True for the hub's own addresses.</summary>
    public static bool IsHub(HttpContext http) => http.Request.Path.StartsWithSegments("/" + Hub, StringComparison.OrdinalIgnoreCase);

    private static void Name(EndpointBuilder endpoint)
    {
        if (Access(endpoint) is not { } access)
        {
            return;
        }

        endpoint.Metadata.Add(access);
        endpoint.Metadata.Add(access.Needs is null ? new Microsoft.AspNetCore.Authorization.AllowAnonymousAttribute() : new Microsoft.AspNetCore.Authorization.AuthorizeAttribute());
    }

    private static RouteAccess? Access(EndpointBuilder endpoint)
    {
        if (endpoint.Metadata.OfType<ComponentTypeMetadata>().FirstOrDefault() is { Type: { } page })
        {
            return page.GetCustomAttribute<NeedsAttribute>() is { } needs ? new RouteAccess(needs.Permission, IsPage: true)
                : page.GetCustomAttribute<ForAnybodyAttribute>() is not null ? new RouteAccess(null, IsPage: true)
                : null;
        }

        var path = ((RouteEndpointBuilder)endpoint).RoutePattern.RawText ?? string.Empty;
        return path.TrimStart('/').StartsWith(Hub, StringComparison.Ordinal) ? new RouteAccess(Permission.ReadRuns, IsPage: true) : new RouteAccess(null, IsPage: true);
    }
}
