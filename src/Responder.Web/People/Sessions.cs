using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Responder.Engine.Access;
using Responder.Web.Access;

namespace Responder.Web.People;

/// <summary>A person's session: what is in the cookie, and whether it still holds.</summary>
/// <param name="users">The local accounts.</param>
/// <param name="options">How long one lasts.</param>
/// <param name="time">The clock.</param>
internal sealed class Sessions(IUsers users, ServerOptions options, TimeProvider time)
{
    /// <summary>The scheme.</summary>
    public const string Scheme = "session";

    /// <summary>The cookie.</summary>
    public const string Cookie = "responder-session";

    private const string Stamp = "stamp";
    private const string Ends = "ends";

    /// <summary>The holder of a local account.</summary>
    public ClaimsPrincipal Of(UserRow user) => Of(user.Name, user.Roles, new Claim(Stamp, user.Stamp));

    /// <summary>Somebody whom a provider vouches for.</summary>
    public ClaimsPrincipal Of(string name, IEnumerable<string> roles, params Claim[] more) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.Name, $"user:{name}"), .. roles.Select(Caller.RoleClaim),
            new Claim(Ends, (time.GetUtcNow() + options.SignIn.SessionLasts).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)), .. more,
        ],
        Scheme, ClaimTypes.Name, ClaimTypes.Role));

    /// <summary>False where it is over: its time is up, or the account was disabled, reset, or given other roles.</summary>
    public async Task<bool> HoldsAsync(ClaimsPrincipal person, CancellationToken cancel)
    {
        if (person.Identity is not { IsAuthenticated: true, Name: { } name } || !long.TryParse(person.FindFirstValue(Ends), out var ends) || time.GetUtcNow().ToUnixTimeSeconds() >= ends)
        {
            return false;
        }

        return person.FindFirstValue(Stamp) is not { } stamp
            || (await users.FindAsync(name["user:".Length..], cancel) is { DisabledAt: null } user && user.Stamp == stamp);
    }

    /// <summary>How the cookie behaves.</summary>
    public static void Set(CookieAuthenticationOptions cookie, ServerOptions server)
    {
        cookie.Cookie.Name = Cookie;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.IsEssential = true;
        // Lax: a link in a message opens the page that it names.
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = server.IsReachedByHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = server.SignIn.SessionLasts;
        cookie.SlidingExpiration = false;
        cookie.LoginPath = "/sign-in";
        cookie.AccessDeniedPath = "/not-allowed";
        cookie.ReturnUrlParameter = "to";
        cookie.Events.OnValidatePrincipal = async context =>
        {
            if (!await context.HttpContext.RequestServices.GetRequiredService<Sessions>().HoldsAsync(context.Principal!, context.HttpContext.RequestAborted))
            {
                context.RejectPrincipal();
                await context.HttpContext.SignOutAsync(Scheme);
            }
        };
        cookie.Events.OnRedirectToLogin = context => Answer(context, StatusCodes.Status401Unauthorized);
        cookie.Events.OnRedirectToAccessDenied = context => Answer(context, StatusCodes.Status403Forbidden);
    }

    // A page is led to the sign-in; what scripts call is told.
    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<RouteAccess>() is { IsPage: true } or { ByPassword: true } && HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.Redirect(context.RedirectUri);
        }
        else
        {
            context.Response.StatusCode = status;
        }

        return Task.CompletedTask;
    }
}
