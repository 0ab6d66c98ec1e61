using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Responder.Engine.Audit;

namespace Responder.Web.People;

/// <summary>Sign-in by an OpenID Connect provider: code flow with PKCE; the provider says who it is and, by a claim, which roles they have.</summary>
internal static class Provider
{
    /// <summary>The scheme.</summary>
    public const string Scheme = "provider";

    public static void Set(OpenIdConnectOptions options, OidcSettings settings, string? publicAddress)
    {
        options.SignInScheme = Sessions.Scheme;
        options.Authority = settings.Authority;
        options.RequireHttpsMetadata = !new Uri(settings.Authority).IsLoopback;
        options.ClientId = settings.ClientId;
        options.ClientSecret = settings.ClientSecret?.Reveal();
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.UsePkce = true;
        // By the address: a form that another site sends would need cookies that any site may send along.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.CorrelationCookie.SameSite = SameSiteMode.Lax;
        options.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.NonceCookie.SameSite = SameSiteMode.Lax;
        options.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.MapInboundClaims = false;
        options.SaveTokens = false;
        options.CallbackPath = "/session/callback";
        options.GetClaimsFromUserInfoEndpoint = false;
        foreach (var scope in settings.Scopes)
        {
            options.Scope.Add(scope);
        }

        options.Events = new OpenIdConnectEvents
        {
            // The address that is registered there, whatever a proxy makes of hosts.
            OnRedirectToIdentityProvider = context =>
            {
                context.ProtocolMessage.RedirectUri = publicAddress is null ? context.ProtocolMessage.RedirectUri : publicAddress.TrimEnd('/') + context.Options.CallbackPath;
                return Task.CompletedTask;
            },
            OnTokenValidated = context => TakeAsync(context, settings),
            OnRemoteFailure = context =>
            {
                context.HandleResponse();
                context.Response.Redirect($"{context.Request.PathBase}/sign-in?problem=provider");
                return Task.CompletedTask;
            },
        };
    }

    private static async Task TakeAsync(TokenValidatedContext context, OidcSettings settings)
    {
        var audit = context.HttpContext.RequestServices.GetRequiredService<IAuditLog>();
        var person = context.Principal!;
        var roles = settings.RolesOf(person.FindAll(settings.RoleClaim).Select(claim => claim.Value));
        var name = person.FindFirstValue("preferred_username") ?? person.FindFirstValue("email") ?? person.FindFirstValue("sub");
        if (roles.Count == 0 || name is null)
        {
            await audit.WriteAsync(new AuditEntry(AuditKinds.SignIn, name is null ? "nobody" : $"user:{name}", "refused", name ?? "?") { Result = "provider", Reason = "no role here" }, context.HttpContext.RequestAborted);
            context.HandleResponse();
            context.Response.Redirect($"{context.Request.PathBase}/sign-in?problem=role");
            return;
        }

        await audit.WriteAsync(new AuditEntry(AuditKinds.SignIn, $"user:{name}", "signed_in", name) { Result = $"provider; {string.Join(' ', roles)}" }, context.HttpContext.RequestAborted);

        context.Principal = context.HttpContext.RequestServices.GetRequiredService<Sessions>().Of(name, roles);
    }
}
