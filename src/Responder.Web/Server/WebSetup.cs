using Responder.Web.Access;
using Responder.Web.Components;
using Responder.Web.Wire;

namespace Responder.Web.Server;

/// <summary>What every server of this program has alike: where it listens, and what each answer says of itself.</summary>
internal static class WebSetup
{
    /// <summary>A builder that listens there, takes bodies of that length, and is reached below a path.</summary>
    public static WebApplicationBuilder Begin(IReadOnlyList<string> urls, long bodyBytes, string pathPrefix = "")
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = "Responder.Web" });

        // This program's settings come by its own way: what else lies about in files and variables must not open a port.
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection();
        builder.WebHost.UseUrls([.. urls]);
        if (urls.Any(url => url.StartsWith("https:", StringComparison.OrdinalIgnoreCase)))
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = bodyBytes;
        });
        AddressKeyServer.Wrap(builder.Services, pathPrefix);
        return builder;
    }

    /// <summary>Failures as problem documents, and headers that keep browsers from doing more than they must.</summary>
    public static void Protect(WebApplication app, bool reachedByHttps)
    {
        if (reachedByHttps)
        {
            // A proxy ends TLS: what is made of a request's address, and what asks whether a form came by https, goes by what people use.
            app.Use((context, next) =>
            {
                context.Request.Scheme = Uri.UriSchemeHttps;
                return next(context);
            });
        }

        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.Use((context, next) =>
        {
            context.Response.Headers.XContentTypeOptions = "nosniff";
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers["Referrer-Policy"] = "same-origin";
            context.Response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
            context.Response.Headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
            if (reachedByHttps || context.Request.IsHttps)
            {
                context.Response.Headers.StrictTransportSecurity = "max-age=31536000";
            }

            context.Response.Headers.ContentSecurityPolicy = context.GetEndpoint()?.Metadata.GetMetadata<RouteAccess>() is { IsPage: true } || Dashboard.IsAt(context.Request.Path)
                ? PageSetup.Policy
                : context.Request.Path.StartsWithSegments("/docs", StringComparison.Ordinal)
                ? "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'"
                : "default-src 'none'; frame-ancestors 'none'";
            return next(context);
        });
    }
}
