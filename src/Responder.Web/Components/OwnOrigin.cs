namespace Responder.Web.Components;

/// <summary>The hub of live pages is opened by this server's own pages only: a socket is not kept by a browser to its own site.</summary>
internal sealed class OwnOrigin(RequestDelegate next, ServerOptions options)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (PagesMap.IsHub(context) && context.Request.Headers.Origin is [{ } sent] && !IsOurs(sent, context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }

        return next(context);
    }

    private bool IsOurs(string sent, HttpRequest request) => Uri.TryCreate(sent, UriKind.Absolute, out var origin)
        && (string.Equals(origin.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)
            || (Uri.TryCreate(options.PublicAddress, UriKind.Absolute, out var address) && string.Equals(origin.Authority, address.Authority, StringComparison.OrdinalIgnoreCase)));
}
