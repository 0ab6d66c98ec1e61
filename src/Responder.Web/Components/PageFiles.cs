using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Responder.Web.Components;

/// <summary>Styles, scripts and fonts, all from this server. Files and not endpoints: the editor alone has hundreds, and none costs the start anything.</summary>
internal static class PageFiles
{
    public static void Use(WebApplication app)
    {
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = Keep });
        app.UseStaticFiles(new StaticFileOptions
        {
            RequestPath = "/_framework", FileProvider = new EmbeddedFileProvider(typeof(PageFiles).Assembly, "Responder.Web.Framework"), OnPrepareResponse = Keep,
        });
    }

    private static void Keep(StaticFileResponseContext file)
    {
        var headers = file.Context.Response.Headers;
        // Asked again each time and answered by 304: what a new version brings is there at once.
        file.Context.Response.GetTypedHeaders().CacheControl = new CacheControlHeaderValue
        {
            NoCache = !file.Context.Request.Path.StartsWithSegments("/_content", StringComparison.Ordinal), MaxAge = TimeSpan.FromHours(1), Public = true,
        };
        // A worker of the editor goes by what its own file says.
        headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'";
    }
}
