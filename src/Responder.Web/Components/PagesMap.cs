using System.Reflection;
using Microsoft.AspNetCore.Components.Endpoints;
using Responder.Web.Access;

namespace Responder.Web.Components;

/// <summary>The pages' routes. Each page names what it needs; the hub that live pages are served through needs somebody who may see runs.</summary>
internal static class PagesMap
{
    private const string Hub = "_blazor";

    public static void Map(WebApplication app)
    {
        IEndpointConventionBuilder pages = app.MapRazorComponents<App>().AddInteractiveServerRenderMode(mode =>
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
