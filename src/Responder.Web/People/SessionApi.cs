using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Responder.Engine.Audit;
using Responder.Web.Access;
using Responder.Web.Wire;

namespace Responder.Web.People;

/// <summary>The forms of the sign-in pages. Each bears an antiforgery token; without it nothing is taken.</summary>
internal static class SessionApi
{
    private const int FormBytes = 32 * 1024;

    public static void Map(IEndpointRouteBuilder routes, ServerOptions options)
    {
        var session = routes.MapGroup("/session").ExcludeFromDescription();
        session.MapPost("/sign-out", SignOutAsync).WithMetadata(new BodyLimit(FormBytes)).ForAnybody(isPage: true);
        if (options.SignIn.Oidc is not null)
        {
            session.MapGet("/provider", (string? to, HttpRequest request) => TypedResults.Challenge(new AuthenticationProperties { RedirectUri = Back(request.PathBase, to) }, [Provider.Scheme])).ForAnybody(isPage: true);
            return;
        }

        session.MapPost("/sign-in", SignInAsync).WithMetadata(new BodyLimit(FormBytes)).ForAnybody(isPage: true);
        session.MapPost("/welcome", WelcomeAsync).WithMetadata(new BodyLimit(FormBytes)).ForAnybody(isPage: true);
    }

    private static async Task<RedirectHttpResult> SignInAsync(
        HttpContext http, Accounts accounts, Sessions sessions, [FromForm] string? name, [FromForm] string? password, [FromForm] string? code, [FromForm] string? to)
    {
        if (await accounts.SignInAsync(name ?? string.Empty, password ?? string.Empty, code, http.RequestAborted) is not { } user)
        {
            return TypedResults.Redirect($"{http.Request.PathBase}/sign-in?problem=wrong&to={Uri.EscapeDataString(to ?? string.Empty)}");
        }

        await http.SignInAsync(Sessions.Scheme, sessions.Of(user));
        return TypedResults.Redirect(Back(http.Request.PathBase, to));
    }

    private static async Task<RedirectHttpResult> WelcomeAsync(
        HttpContext http, Accounts accounts, Sessions sessions, [FromForm] string? token, [FromForm] string? password, [FromForm] string? again)
    {
        var (user, problem) = password == again
            ? await accounts.AcceptAsync(token ?? string.Empty, password ?? string.Empty, http.RequestAborted)
            : (null, "The two passwords differ.");
        if (user is null)
        {
            return TypedResults.Redirect($"{http.Request.PathBase}/welcome?problem={Uri.EscapeDataString(problem!)}");
        }

        await http.SignInAsync(Sessions.Scheme, sessions.Of(user));
        return TypedResults.Redirect($"{http.Request.PathBase}/");
    }

    private static async Task<RedirectHttpResult> SignOutAsync(HttpContext http, IAuditLog audit, [FromForm] string? unused)
    {
        _ = unused;
        if (http.User.Identity is { IsAuthenticated: true, Name: { } name })
        {
            await audit.WriteAsync(new AuditEntry(AuditKinds.SignIn, name, "signed_out", name), http.RequestAborted);
        }

        await http.SignOutAsync(Sessions.Scheme);
        return TypedResults.Redirect($"{http.Request.PathBase}/sign-in");
    }

    // What the session's own challenge noted has the path of the proxy in it, what a page noted has not.
    private static string Back(PathString prefix, string? to) =>
        Local(to) is var path && prefix.HasValue && !path.StartsWith($"{prefix}/", StringComparison.OrdinalIgnoreCase) ? $"{prefix}{path}" : path;

    /// <summary>Only a path of this server: <c>//elsewhere</c> and <c>/\elsewhere</c> lead away.</summary>
    internal static string Local(string? to) =>
        to is ['/', ..] && (to.Length == 1 || to[1] is not ('/' or '\\')) && !to.Any(char.IsControl) && !to.StartsWith("/sign-in", StringComparison.OrdinalIgnoreCase) ? to : "/";
}
